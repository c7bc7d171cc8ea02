"""What a mailed link, a cookie and the address of the check-email page carry.

Tokens are derived when they are needed and never stored. Each purpose has its own salt, so
that one cannot be used as another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

from letters import crypto, limits

HANDLE_CONTEXT: Final = "check-email handle"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
TICK: Final = timedelta(microseconds=1)
"""As fine as the database keeps time: whoever revokes older links gets one that is newer at once."""


class Purpose(StrEnum):
    """What a token is for."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    COOKIE = "cookie"
    DATA = "data"
    FRESH = "fresh"
    NEWS = "news"
    INVITATION = "invitation"
    OBJECTION = "objection"
    ENROLMENT = "enrolment"
    EMBARGO = "embargo"


class BadToken(Exception):
    """The token is not one of ours, or it was cut short on the way."""


@dataclass(frozen=True)
class Token:
    """What an authentic token says."""

    purpose: Purpose
    uid: UUID
    issued: datetime

    def expired(self, *, at: datetime, after: timedelta) -> bool:
        """Whether it is older than `after`."""
        return at - self.issued > after


@dataclass(frozen=True)
class Handle:
    """What the check-email page may know: no address, and nothing that opens a signature."""

    letter_id: int
    mailbox: bytes
    masked: str
    issued: datetime


def make(purpose: Purpose, *, uid: UUID, at: datetime) -> str:
    """Return a token that proves: we gave it to the owner of `uid` for `purpose` at `at`."""
    payload = uid.bytes + ((at - EPOCH) // TICK).to_bytes(7, "big")
    return _signer(purpose).sign(crypto.urlsafe(payload))


def read(token: str, *purposes: Purpose) -> Token:
    """Return what the token says if it is authentic for one of `purposes`. Raises BadToken."""
    for purpose in purposes:
        try:
            payload = crypto.from_urlsafe(_signer(purpose).unsign(token))
        except (signing.BadSignature, crypto.Unreadable):
            continue
        issued = EPOCH + int.from_bytes(payload[16:], "big") * TICK
        return Token(purpose=purpose, uid=UUID(bytes=payload[:16]), issued=issued)
    raise BadToken


def code(*, uid: UUID) -> str:
    """Return the digits that a mail gives beside its link. Derived from the key of the site, never stored."""
    digest = salted_hmac("letters.code", uid.bytes, algorithm="sha256").digest()
    return f"{int.from_bytes(digest, 'big') % 10**limits.CODE_DIGITS:0{limits.CODE_DIGITS}}"


def make_handle(*, letter_id: int, mailbox: bytes, masked: str, at: datetime) -> str:
    """Return the sealed handle of a check-email page. Its length tells the address's length only."""
    content = [letter_id, mailbox.hex(), masked, int(at.timestamp())]
    return crypto.urlsafe(crypto.seal(json.dumps(content), context=HANDLE_CONTEXT))


def read_handle(text: str) -> Handle:
    """Return what a handle holds. Raises BadToken."""
    try:
        content = json.loads(crypto.unseal(crypto.from_urlsafe(text), context=HANDLE_CONTEXT))
    except (crypto.Unreadable, UnicodeError) as error:
        raise BadToken from error
    letter_id, mailbox, masked, issued = content
    return Handle(letter_id, bytes.fromhex(mailbox), masked, datetime.fromtimestamp(issued, tz=UTC))


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=f"letters.{purpose}", sep=".", algorithm="sha256")
