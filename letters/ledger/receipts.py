"""Receipts: what a signatory keeps, to show that their signature is in a tree that was signed.

A receipt opens one commitment, by claim and salt, and proves that its leaf stands under a signed
checkpoint. It holds a name and a mail address: it belongs to its owner alone.
`verify/verify_letter.py` reads the same form, and neither of them trusts a word of it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from letters.ledger import commitments, leaves, merkle, notes
from letters.ledger.forms import BadLeaf

MOST_CHARACTERS: Final = 20_000
"""More is refused unread. A long name in a ledger of 2**53 leaves, signed twice, needs a third of it."""
MOST_HASHES: Final = 64
SPACE: Final = "\ufeff \t\r\n"


class Fault(StrEnum):
    """Why a receipt shows nothing."""

    TOO_LONG = "too long"
    UNREADABLE = "unreadable"
    OTHER_LETTER = "of another letter"
    CLOSED = "does not open its leaf"
    UNSIGNED = "no known key signed its checkpoint"
    UNPROVEN = "does not lead to its checkpoint"


class BadReceipt(Exception):
    """A receipt shows nothing, and `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is claimed: that `claim` and `salt` open the leaf at `index`, and that `note` covers it.

    `claim` is in the form that was committed to, `size` what the note says of its tree, unchecked.
    """

    origin: str
    index: int
    claim: bytes
    salt: bytes
    leaf: bytes
    proof: tuple[bytes, ...]
    note: str
    size: int

    def says(self, part: str) -> Any:
        """Return a part of the claim, None if it has none of that name."""
        return json.loads(self.claim).get(part)


@dataclass(frozen=True, slots=True)
class Proven:
    """What a receipt has shown: the place of its sign leaf, the number of the text, and the tree."""

    signature: int
    text: int
    tree: notes.Checkpoint


def write(receipt: Receipt) -> bytes:
    """Return the file that its owner keeps: JSON that a person can read."""
    whole = {
        "letter": receipt.origin,
        "index": receipt.index,
        "claim": json.loads(receipt.claim),
        "salt": base64.urlsafe_b64encode(receipt.salt).decode().rstrip("="),
        "leaf": receipt.leaf.decode(),
        "proof": [base64.b64encode(item).decode() for item in receipt.proof],
        "checkpoint": receipt.note,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def read(text: str) -> Receipt:
    """Return what a file claims. It may come from anybody: raises BadReceipt for any other form."""
    if len(text) > MOST_CHARACTERS:
        raise BadReceipt(Fault.TOO_LONG)
    try:
        return _read(json.loads(text.strip(SPACE)))
    except (ValueError, LookupError, TypeError, RecursionError, notes.BadNote) as error:
        raise BadReceipt(Fault.UNREADABLE) from error


def verify(receipt: Receipt, *, vkeys: Iterable[str]) -> Proven:
    """Return what a receipt shows once everything in it agrees. Raises BadReceipt.

    `vkeys` are the keys of the ledger that it names; what became of the signature is not in it.
    """
    signature, text = _opened(receipt)
    try:
        tree = notes.open_checkpoint(text=receipt.note, origin=receipt.origin, vkeys=vkeys)
    except notes.BadNote as error:
        raise BadReceipt(Fault.UNSIGNED) from error
    try:
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(receipt.leaf),
            index=receipt.index,
            size=tree.size,
            root=tree.root,
            proof=receipt.proof,
        )
    except merkle.BadProof as error:
        raise BadReceipt(Fault.UNPROVEN) from error
    return Proven(signature, text, tree)


def _read(found: Any) -> Receipt:
    note = _text(found["checkpoint"])
    return Receipt(
        origin=_text(found["letter"]),
        index=_number(found["index"]),
        claim=_canonical(found["claim"]),
        salt=_bytes(_text(found["salt"]) + "=", b"-_"),
        leaf=_text(found["leaf"]).encode("ascii"),
        proof=tuple(_bytes(item, b"+/") for item in _list(found["proof"])),
        note=note,
        size=notes.parse_checkpoint(note.rpartition("\n\n")[0] + "\n").size,
    )


def _opened(receipt: Receipt) -> tuple[int, int]:
    """Return the place of the sign leaf and the number of the text, if the claim opens the leaf."""
    try:
        leaf: dict[str, Any] = leaves.parse(receipt.leaf)
    except BadLeaf as error:
        raise BadReceipt(Fault.CLOSED) from error
    if leaf["t"] not in {"sign", "amend"}:
        raise BadReceipt(Fault.CLOSED)
    commitment = commitments.commit(salt=receipt.salt, claim=receipt.claim)
    if base64.urlsafe_b64encode(commitment).decode().rstrip("=") != leaf["c"]:
        raise BadReceipt(Fault.CLOSED)
    if receipt.says("origin") != receipt.origin:
        raise BadReceipt(Fault.CLOSED)
    return leaf.get("i", receipt.index), leaf["n"]


def _canonical(claim: Any) -> bytes:
    """Return the form that is committed to. Unlike `commitments.claim` it composes no characters anew."""
    if type(claim) is not dict or any(type(value) not in {str, int} for value in claim.values()):
        raise TypeError("a claim is words and numbers by name")
    return json.dumps(claim, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("not a text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("not a number")
    return value


def _list(value: Any) -> list[Any]:
    if type(value) is not list or len(value) > MOST_HASHES:
        raise TypeError("not a list of hashes")
    return value


def _bytes(value: Any, signs: bytes) -> bytes:
    """Return the 32 bytes behind base64 with two `signs` of its own, refusing any second spelling."""
    text = _text(value)
    raw = base64.b64decode(text, altchars=signs, validate=True)
    if len(raw) != merkle.HASH_BYTES or base64.b64encode(raw, altchars=signs).decode() != text:
        raise ValueError("not 32 bytes in their one spelling")
    return raw
