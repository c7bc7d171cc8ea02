"""The rows of the signatures held against what the leaves say became of them."""

from __future__ import annotations

from collections.abc import Iterable

from letters import crypto, tallying
from letters.delivery.findings import Findings
from letters.enums import Method
from letters.ledger import commitments, leaves
from letters.ledger.batches import LOST
from letters.ledger.forms import BadLeaf
from letters.ledger.states import States
from letters.models import Signature, claim

ABOUT = "signature"


class RowAudit:
    """One pass over the rows; `finish` asks whose rows did not come."""

    def __init__(self, found: Findings, *, states: States) -> None:
        self._found, self._states = found, states
        self._seen = bytearray(states.size)

    def read(self, rows: Iterable[tuple[Signature, bytes | None]]) -> None:
        """Compare each row; with it comes the leaf where its newest claim is said to stand."""
        for one, data in rows:
            if self._stands(one):
                self._compare(one)
                self._open(one, data)
        self._finish()

    def _stands(self, one: Signature) -> bool:
        """Whether the leaf of a row is a signature's."""
        if one.leaf is None or not self._states.state(one.leaf):
            self._found.add(ABOUT, f"{one.uid} counts as leaf {one.leaf}, where no signature stands")
            return False
        self._found.need(
            ABOUT, f"{one.uid} counts as leaf {one.leaf}, and so does another", same=not self._seen[one.leaf]
        )
        self._seen[one.leaf] = 1
        return True

    def _compare(self, one: Signature) -> None:
        index, states = one.leaf or 0, self._states
        pairs = {
            "is": (tallying.in_ledger(one.tallied) or "not counted", states.state(index)),
            "was verified by": (one.counted_method, states.method(index)),
            "is of a": (one.kind, states.kind(index)),
            "has its claim at leaf": (one.claim_leaf, states.claim(index)),
        }
        if one.commitment is None:  # else the next seal writes what it says by now
            pairs["is under text"] = (one.text.number, states.text(index))
        for words, (ours, leafs) in pairs.items():
            self._found.need(
                ABOUT, f"{one.uid} {words} {ours}, leaf {index} {words} {leafs}", same=ours == leafs
            )

    def _open(self, one: Signature, data: bytes | None) -> None:
        """Compare what a row says of a person with what was committed to, where salt and address are kept."""
        if one.commitment is not None or one.email_sealed is None or one.salt_sealed is None or data is None:
            return
        try:
            stands = leaves.parse(data).get("c")
            salt = claim.salt_of(one) or b""
            ours = {crypto.urlsafe(commitments.commit(salt=salt, claim=said)) for said in _claims(one)}
        except (BadLeaf, ValueError, crypto.Unreadable) as error:
            self._found.add(ABOUT, f"{one.uid} cannot be opened: {error}")
            return
        words = f"{one.uid} says something else than what leaf {one.claim_leaf} is the commitment to"
        self._found.need(ABOUT, words, same=stands in ours)

    def _finish(self) -> None:
        for index, seen in enumerate(self._seen):
            if not seen and self._states.state(index) not in {"", LOST}:
                state = self._states.state(index)
                self._found.add("leaf", f"{index} is a signature ({state}), and no row stands behind it")


def _claims(one: Signature) -> Iterable[bytes]:
    """Yield what a row says, first with its own method: a stronger one may have come after the claim."""
    own = one.method
    for method in (own, *(each.value for each in Method if each.value != own)):
        one.method = method
        yield claim.claim_of(one)
    one.method = own
