"""What a leaf of a ledger may say: twelve types, each in exactly one spelling.

A leaf is canonical JSON in the manner of RFC 8785: keys sorted, no spaces, and only ASCII strings,
integers below 2**53 and strictly increasing arrays of integers, so that nothing ever depends on how
a language prints numbers or escapes text. The bytes are what is hashed: whatever could be written
in two ways is refused by `parse`, and every builder here goes through it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from letters.ledger import forms
from letters.ledger.forms import BadLeaf, Value

VERSION: Final = 1
MOST_BYTES: Final = 4096

Leaf = dict[str, Value]
"""The keys are those of the bytes: `t` the type, `v` the version, the rest as in FORMS."""

FORMS: Final[Mapping[str, Mapping[str, forms.Form]]] = {
    "open": {"at": forms.time, "l": forms.letter, "rules": forms.digest},
    "text": {"h": forms.digest, "lang": forms.language, "n": forms.positive},
    "sign": {
        "c": forms.commitment,
        "k": forms.kind,
        "lang": forms.language,
        "m": forms.method,
        "n": forms.positive,
    },
    "method": {"i": forms.integer, "m": forms.method},
    "amend": {
        "c": forms.commitment,
        "i": forms.integer,
        "lang": forms.language,
        "n": forms.positive,
    },
    "withdraw": {"i": forms.integer},
    "remove": {"i": forms.indexes, "r": forms.reason},
    "restore": {"i": forms.indexes},
    "tally": {
        "at": forms.time,
        "count": forms.integer,
        "lost": forms.integer,
        "removed": forms.integer,
        "signed": forms.integer,
        "withdrawn": forms.integer,
    },
    "key": {"vkey": forms.vkey},
    "close": {"at": forms.time},
    "lost": {"i": forms.indexes, "why": forms.words},
}
"""The keys of each type beside `t` and `v`, and what each may hold."""


def parse(data: bytes) -> Leaf:
    """Return what a leaf says. Raises BadLeaf for anything but the one spelling of a known leaf."""
    if len(data) > MOST_BYTES:
        raise BadLeaf(f"a leaf has at most {MOST_BYTES} bytes")
    try:
        leaf = json.loads(data.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise BadLeaf("not ASCII JSON") from error
    if type(leaf) is not dict:
        raise BadLeaf("not an object")
    _check(leaf)
    if _bytes(leaf) != data:
        raise BadLeaf("not in canonical form")
    return leaf


def serialise(leaf: Mapping[str, Value]) -> bytes:
    """Return the bytes of a leaf: what `parse` read, or would read. Raises BadLeaf."""
    data = _bytes(leaf)
    if parse(data) != leaf:
        raise BadLeaf("not what it would be read as")
    return data


def opened(*, letter: str, rules: str, at: datetime) -> bytes:
    """Return leaf 0: the letter's id, and SHA-256 in hex of the rules by which it counts."""
    return _build("open", at=_time(at), l=letter, rules=rules)


def text(*, number: int, language: str, digest: str) -> bytes:
    """Return the leaf of a published text: its running number from 1, and its hash in hex."""
    return _build("text", h=digest, lang=language, n=number)


def sign(*, commitment: bytes, kind: str, language: str, method: str, text: int) -> bytes:
    """Return the leaf of a confirmed signature under text number `text`."""
    return _build("sign", c=_urlsafe(commitment), k=kind, lang=language, m=method, n=text)


def method(*, index: int, method: str) -> bytes:
    """Return the leaf that gives the signature at `index` a stronger method."""
    return _build("method", i=index, m=method)


def amend(*, index: int, commitment: bytes, language: str, text: int) -> bytes:
    """Return the leaf that puts another claim, under a fresh salt, in place of that of `index`."""
    return _build("amend", c=_urlsafe(commitment), i=index, lang=language, n=text)


def withdraw(*, index: int) -> bytes:
    """Return the leaf by which a signatory takes the signature at `index` back, for good."""
    return _build("withdraw", i=index)


def remove(*, indexes: Sequence[int], reason: str) -> bytes:
    """Return the leaf that stops the signatures at `indexes` (increasing, 1 to 256) from counting."""
    return _build("remove", i=list(indexes), r=reason)


def restore(*, indexes: Sequence[int]) -> bytes:
    """Return the leaf that takes removals back."""
    return _build("restore", i=list(indexes))


def tally(*, at: datetime, signed: int, withdrawn: int, removed: int, lost: int) -> bytes:
    """Return the last leaf of a batch. The count is what remains; less than nothing raises BadLeaf."""
    return _build(
        "tally",
        at=_time(at),
        count=signed - withdrawn - removed - lost,
        lost=lost,
        removed=removed,
        signed=signed,
        withdrawn=withdrawn,
    )


def key(*, vkey: str) -> bytes:
    """Return the leaf by which the old key hands over to a new one."""
    return _build("key", vkey=vkey)


def close(*, at: datetime) -> bytes:
    """Return the leaf that ends signing."""
    return _build("close", at=_time(at))


def lost(*, indexes: Sequence[int], why: str) -> bytes:
    """Return the leaf for signatures whose records a restore did not bring back."""
    return _build("lost", i=list(indexes), why=why)


def _build(type_: str, **fields: Value) -> bytes:
    return serialise({**fields, "t": type_, "v": VERSION})


def _check(leaf: dict[str, Any]) -> None:
    type_ = leaf.get("t")
    known = FORMS.get(type_) if isinstance(type_, str) else None
    if known is None:
        raise BadLeaf("unknown type")
    if leaf.keys() != known.keys() | {"t", "v"}:
        raise BadLeaf(f"a leaf of type {type_} has other keys")
    if type(leaf["v"]) is not int or leaf["v"] != VERSION:
        raise BadLeaf("unknown version")
    for name, check in known.items():
        if not check(leaf[name]):
            raise BadLeaf(f"{name} of a leaf of type {type_} is not of its form")
    if type_ == "tally" and leaf["count"] != (
        leaf["signed"] - leaf["withdrawn"] - leaf["removed"] - leaf["lost"]
    ):
        raise BadLeaf("the count of a tally is not what its parts say")


def _bytes(leaf: Mapping[str, Value]) -> bytes:
    return json.dumps(leaf, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _time(at: datetime) -> str:
    """Return a moment in UTC. Raises BadLeaf for a fraction of a second, which a batch must not show."""
    if at.tzinfo is None or at.microsecond:
        raise BadLeaf("a time has a zone and whole seconds")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _urlsafe(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
