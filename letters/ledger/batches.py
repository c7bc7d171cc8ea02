"""What a seal writes: the changes since the last one as leaves, in an order that tells nothing.

New signatures stand sorted by their commitments, which are random: who confirmed first is not to be
seen. What becomes of earlier signatures follows, each kind sorted by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from letters.ledger import forms, leaves

ACTIVE: Final = "active"
REMOVED: Final = "removed"
WITHDRAWN: Final = "withdrawn"
LOST: Final = "lost"


@dataclass(frozen=True, slots=True)
class Change:
    """One signature: how the ledger holds it, and how it should.

    `key` is the caller's name for it. `before` and `after` are states, `before` empty for a signature
    without a leaf, which then must become active. `index` is the place of its sign leaf, `commitment`
    a claim that no leaf holds yet, `method_before` the method that the ledger knows.
    """

    key: int
    before: str
    after: str
    index: int | None
    commitment: bytes | None
    kind: str
    language: str
    method: str
    method_before: str
    text: int
    reason: str


@dataclass(slots=True)
class Batch:
    """Leaves in their order, the first at place `first`, and where each change came to stand."""

    first: int
    leaves: list[bytes] = field(default_factory=list)
    signed: dict[int, int] = field(default_factory=dict)
    claimed: dict[int, int] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The place of the next leaf."""
        return self.first + len(self.leaves)

    def add(self, leaf: bytes) -> None:
        """Put a leaf at the end."""
        self.leaves.append(leaf)

    def add_changes(self, changes: Sequence[Change]) -> None:
        """Put the leaves of all changes at the end. Raises ValueError for one that the rules do not know."""
        new = [change for change in changes if not change.before]
        known = sorted((change for change in changes if change.before), key=_place)
        self._sign(new)
        self._amend(known)
        for change in known:
            if change.method != change.method_before and change.after != WITHDRAWN:
                self.add(leaves.method(index=_place(change), method=change.method))
        for change in known:
            if change.before != WITHDRAWN and change.after == WITHDRAWN:
                self.add(leaves.withdraw(index=_place(change)))
        self._remove([change for change in known if (change.before, change.after) == (ACTIVE, REMOVED)])
        back = [_place(change) for change in known if (change.before, change.after) == (REMOVED, ACTIVE)]
        for indexes in parted(back):
            self.add(leaves.restore(indexes=indexes))

    def _sign(self, new: Sequence[Change]) -> None:
        for change in sorted(new, key=_commitment):
            self.signed[change.key] = self.claimed[change.key] = self.end
            self.add(
                leaves.sign(
                    commitment=_commitment(change),
                    kind=change.kind,
                    language=change.language,
                    method=change.method,
                    text=change.text,
                )
            )

    def _amend(self, known: Iterable[Change]) -> None:
        for change in known:
            if change.commitment is None or change.after == WITHDRAWN:
                continue
            self.claimed[change.key] = self.end
            self.add(
                leaves.amend(
                    index=_place(change),
                    commitment=change.commitment,
                    language=change.language,
                    text=change.text,
                )
            )

    def _remove(self, removed: Sequence[Change]) -> None:
        for reason in sorted({change.reason for change in removed}):
            for indexes in parted([_place(change) for change in removed if change.reason == reason]):
                self.add(leaves.remove(indexes=indexes, reason=reason))


def parted(indexes: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield increasing places in parts that one leaf holds."""
    for start in range(0, len(indexes), forms.MOST_INDEXES):
        yield indexes[start : start + forms.MOST_INDEXES]


def _place(change: Change) -> int:
    if change.index is None:
        raise ValueError(f"change {change.key} of a signature without a leaf")
    return change.index


def _commitment(change: Change) -> bytes:
    if change.commitment is None or change.after != ACTIVE:
        raise ValueError(f"change {change.key} cannot become a leaf: no commitment, or it does not count")
    return change.commitment
