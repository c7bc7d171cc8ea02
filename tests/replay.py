"""What a ledger says, read leaf by leaf: written again for the tests, from the document alone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from letters.models import Leaf, Letter


@dataclass
class Replay:
    """The state of every signature by the place of its sign leaf, and the last tally."""

    state: dict[int, str] = field(default_factory=dict)
    method: dict[int, str] = field(default_factory=dict)
    claim: dict[int, int] = field(default_factory=dict)
    tally: dict[str, Any] = field(default_factory=dict)
    tallies: int = 0

    @property
    def counted(self) -> int:
        """How many signatures count."""
        return sum(state == "active" for state in self.state.values())

    def parts(self) -> dict[str, int]:
        """The figures of a tally, counted anew."""
        now = Counter(self.state.values())
        parts = {"signed": len(self.state), "count": now["active"]}
        return parts | {part: now[part] for part in ("withdrawn", "removed", "lost")}


def of(letter: Letter) -> Replay:
    """Replay a letter's ledger; every step must be allowed and every tally add up."""
    replay = Replay()
    for index, data in Leaf.objects.filter(letter=letter).order_by("index").values_list("index", "data"):
        add(replay, index, json.loads(bytes(data)))
    return replay


MOVES = {
    "withdraw": ({"active", "removed"}, "withdrawn"),
    "remove": ({"active"}, "removed"),
    "restore": ({"removed"}, "active"),
    "lost": ({"active"}, "lost"),
}


def add(replay: Replay, index: int, leaf: dict[str, Any]) -> None:
    """Take one more leaf."""
    kind, at = leaf["t"], leaf.get("i")
    if kind == "sign":
        replay.state[index], replay.method[index], replay.claim[index] = "active", leaf["m"], index
    elif kind in MOVES:
        move(replay, at if isinstance(at, list) else [at], *MOVES[kind])
    elif kind in {"amend", "method"}:
        assert replay.state[leaf["i"]] in {"active", "removed"}
        known: dict[int, Any] = replay.claim if kind == "amend" else replay.method
        known[leaf["i"]] = leaf.get("m", index)
    elif kind == "tally":
        assert {part: leaf[part] for part in replay.parts()} == replay.parts()
        assert leaf["at"] > replay.tally.get("at", "")
        replay.tally, replay.tallies = leaf, replay.tallies + 1


def move(replay: Replay, indexes: list[Any], sources: set[str], target: str) -> None:
    """Take signatures from a state to another."""
    for index in indexes:
        assert replay.state[index] in sources
        replay.state[index] = target
