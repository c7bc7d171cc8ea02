"""What the values of a leaf look like: one yes-or-no question for each form.

No question trusts the JSON parser: `True` is an int to Python and `\\d` finds digits of all scripts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from letters.ledger import notes

Value = str | int | list[int]
Form = Callable[[Any], bool]

KINDS: Final = frozenset({"person", "organization"})
METHODS: Final = frozenset({"email", "institution", "orcid", "openid", "checked"})
REASONS: Final = frozenset(
    {"review", "disposable", "flood", "impersonation", "duplicate", "court", "test", "other"}
)
MOST: Final = 2**53
"""Integers stay below: every language can hold them exactly."""
MOST_INDEXES: Final = 256

TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
LETTER: Final = re.compile(r"[a-z2-7]{26}")
# 43 characters hold 258 bits: in the last one two are no part of the 32 bytes and must be zero.
COMMITMENT: Final = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
LANGUAGE: Final = re.compile(r"(?=.{2,35}\Z)[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
WORDS: Final = re.compile(r"(?! )[ -~]{1,200}(?<! )")


class BadLeaf(Exception):
    """Bytes that are no leaf, or values that no leaf may hold."""


def integer(value: Any) -> bool:
    """Whether it is an integer from 0 up to 2**53 - 1."""
    return type(value) is int and 0 <= value < MOST


def positive(value: Any) -> bool:
    """Whether it is such an integer and not 0: running numbers begin with 1."""
    return integer(value) and value > 0


def indexes(value: Any) -> bool:
    """Whether it is a strictly increasing array of 1 to 256 such integers."""
    if type(value) is not list or not 1 <= len(value) <= MOST_INDEXES:
        return False
    return all(map(integer, value)) and all(a < b for a, b in pairwise(value))


def time(value: Any) -> bool:
    """Whether it is YYYY-MM-DDTHH:MM:SSZ and a moment that exists (no leap seconds, no hour 24)."""
    if type(value) is not str or not TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def vkey(value: Any) -> bool:
    """Whether it is an Ed25519 verification key under an ASCII name (C2SP signed-note)."""
    if type(value) is not str or not value.isascii():
        return False
    try:
        notes.parse_vkey(value)
    except notes.BadNote:
        return False
    return True


def _like(pattern: re.Pattern[str]) -> Form:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _among(known: frozenset[str]) -> Form:
    return lambda value: type(value) is str and value in known


digest: Final = _like(DIGEST)  # SHA-256 in lower-case hex
letter: Final = _like(LETTER)  # a letter's public id
commitment: Final = _like(COMMITMENT)  # 32 bytes in base64url without padding
language: Final = _like(LANGUAGE)  # a language tag (RFC 5646), not checked against the registry
words: Final = _like(WORDS)  # one line of printable ASCII for people
kind: Final = _among(KINDS)
method: Final = _among(METHODS)
reason: Final = _among(REASONS)
