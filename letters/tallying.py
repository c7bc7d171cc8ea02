"""How a tally and its ledger hold a signature, and what it adds to the tally's parts."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from letters.enums import COUNTED, Display, SignatureKind, SignatureState, Tallied
from letters.ledger import batches
from letters.ledger.batches import Change


class Move(NamedTuple):
    """One signature that the seal looks at: what it is, how it was held, how it is held from now on."""

    signature_id: int
    kind: str
    method: str
    method_before: str
    language: str
    text: int
    text_before: int
    removal: str
    leaf: int | None
    commitment: bytes | None
    before: str
    after: str

    @property
    def is_new(self) -> bool:
        """Whether the tally never held it."""
        return self.before == Tallied.NOT

    @property
    def is_one(self) -> bool:
        """Whether anything changes: the number, the ledger, or both."""
        if self.before != self.after:
            return True
        held = self.before in HELD
        return held and (self.commitment is not None or self.method != self.method_before)

    def change(self) -> Change:
        """Return what the ledger makes of it."""
        return Change(
            key=self.signature_id,
            before=in_ledger(self.before),
            after=in_ledger(self.after),
            index=self.leaf,
            commitment=self.commitment,
            kind=self.kind,
            language=self.language,
            method=self.method,
            method_before=self.method_before,
            text=self.text,
            reason=self.removal,
        )

    def step(self) -> Counter[str]:
        """Return by how much it moves each part of the tally."""
        step = Counter(parts(tallied=self.after, kind=self.kind, method=self.method))
        step.subtract(parts(tallied=self.before, kind=self.kind, method=self.method_before))
        return step

    def steps_of_texts(self) -> Counter[int]:
        """Return by how much it moves the numbers of the text that it stood on and of its own."""
        steps = Counter({self.text: int(self.after in COUNTED)})
        steps.subtract({self.text_before: int(self.before in COUNTED)})
        return steps


HELD = COUNTED | {Tallied.REMOVED}
"""Those whose claim and method the ledger may still change."""


def in_ledger(tallied: str) -> str:
    """Return the state in which the ledger has a signature that the tally holds so; empty for none."""
    if tallied in COUNTED:
        return batches.ACTIVE
    return {Tallied.REMOVED: batches.REMOVED, Tallied.WITHDRAWN: batches.WITHDRAWN}.get(Tallied(tallied), "")


def held_as(*, state: str, display: str, erased: bool, before: str) -> str:
    """Return how the tally should hold a signature that it has held as `before`."""
    if state == SignatureState.CONFIRMED:
        if erased:
            return str(Tallied.ERASED)
        return str(Tallied.SHOWN if display == Display.SHOWN else Tallied.PRIVATE)
    if before == Tallied.NOT:
        return before  # what was never counted leaves no trace
    return str(Tallied.WITHDRAWN if state == SignatureState.WITHDRAWN else Tallied.REMOVED)


def parts(*, tallied: str, kind: str, method: str) -> dict[str, int]:
    """Return what one signature adds to the parts of a tally that holds it as `tallied`."""
    if tallied == Tallied.NOT:
        return {}
    if tallied not in COUNTED:
        return {"signed": 1, "removed" if tallied == Tallied.REMOVED else "withdrawn": 1}
    return {
        "signed": 1,
        "count": 1,
        "persons" if kind == SignatureKind.PERSON else "organizations": 1,
        "public" if tallied == Tallied.SHOWN else "private": 1,
        "erased_counted": int(tallied == Tallied.ERASED),
        f"by_{method}": 1,
    }
