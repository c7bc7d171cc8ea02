"""What a run of leaves did: read back in their order, as somebody must who has lost the rest.

The last word on each signature wins. Whether each step was allowed is not asked here: the run is
believed because its root is signed.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from letters.ledger import leaves
from letters.ledger.batches import ACTIVE, LOST, REMOVED, WITHDRAWN
from letters.ledger.forms import BadLeaf

MOVES: Final = {"withdraw": WITHDRAWN, "remove": REMOVED, "restore": ACTIVE, "lost": LOST}


class Claim(NamedTuple):
    """A later commitment of a signature: the place of its leaf, and the text that it is about."""

    place: int
    commitment: bytes
    text: int


@dataclass(slots=True)
class Fate:
    """What a run says of the signature whose sign leaf stands at `index`.

    `state`, `reason` and `moved_at` are empty when it says nothing of whether it counts, `method`
    when nothing of that; `claims` are later ones. Only with
    its sign leaf in the run are `commitment`, `signed_at`, `kind`, `language` and `text` set.
    """

    index: int
    commitment: bytes | None = None
    signed_at: datetime | None = None
    kind: str = ""
    language: str = ""
    text: int = 0
    method: str = ""
    state: str = ""
    reason: str = ""
    moved_at: datetime | None = None
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tally:
    """A tally leaf."""

    at: datetime
    count: int
    signed: int
    withdrawn: int
    removed: int
    lost: int


@dataclass(slots=True)
class History:
    """A run of leaves from `first` on: whole batches, so that each has the time of its tally."""

    first: int
    fates: dict[int, Fate] = field(default_factory=dict)
    texts: list[tuple[int, str, str]] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    key: str = ""
    closed_at: datetime | None = None

    def fate(self, index: int) -> Fate:
        """Return what is known of the signature at a place."""
        return self.fates.setdefault(index, Fate(index))


def read(*, data: Sequence[bytes], first: int) -> History:
    """Return what leaves say of which the first stands at place `first`. Raises BadLeaf.

    They end with a tally, and none of them opens the ledger.
    """
    history, batch = History(first), list[tuple[int, leaves.Leaf]]()
    for index, raw in enumerate(data, first):
        batch.append((index, leaves.parse(raw)))
        if batch[-1][1]["t"] == "tally":
            _add(history, batch)
            batch = []
    if batch or not history.tallies:
        raise BadLeaf("the leaves do not end with a tally")
    return history


def _add(history: History, batch: Sequence[tuple[int, Any]]) -> None:
    """Take in one batch, which ends with its tally."""
    tally = batch[-1][1]
    at = _time(tally["at"])
    for index, leaf in batch[:-1]:
        if leaf["t"] == "sign":
            _sign(history.fate(index), leaf, at)
        elif "i" in leaf:
            _change(history, index, leaf, at)
        else:
            _tell(history, index, leaf)
    figures = {name: tally[name] for name in ("count", "signed", "withdrawn", "removed", "lost")}
    history.tallies.append(Tally(at=at, **figures))


def _change(history: History, index: int, leaf: Any, at: datetime) -> None:
    """Take in a leaf about earlier signatures."""
    for place in leaf["i"] if isinstance(leaf["i"], list) else [leaf["i"]]:
        fate = history.fate(place)
        if leaf["t"] == "amend":
            fate.claims.append(Claim(index, _commitment(leaf), leaf["n"]))
        elif leaf["t"] == "method":
            fate.method = leaf["m"]
        else:
            fate.state, fate.reason, fate.moved_at = MOVES[leaf["t"]], leaf.get("r", ""), at


def _tell(history: History, index: int, leaf: Any) -> None:
    """Take in a leaf about the letter itself."""
    if leaf["t"] == "text":
        history.texts.append((leaf["n"], leaf["lang"], leaf["h"]))
    elif leaf["t"] == "key":
        history.key = leaf["vkey"]
    elif leaf["t"] == "close":
        history.closed_at = _time(leaf["at"])
    else:
        raise BadLeaf(f"leaf {index} opens a ledger in its midst")


def _sign(fate: Fate, leaf: Any, at: datetime) -> None:
    fate.commitment, fate.signed_at, fate.state = _commitment(leaf), at, ACTIVE
    fate.kind, fate.language, fate.method, fate.text = leaf["k"], leaf["lang"], leaf["m"], leaf["n"]


def _commitment(leaf: Any) -> bytes:
    return base64.urlsafe_b64decode(f"{leaf['c']}=")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
