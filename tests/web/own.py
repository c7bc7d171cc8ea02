"""Coming to the pages of a signature as its owner does: by a mailed link."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from letters import tokens
from letters.models import Letter, Signature
from letters.services import ledger
from letters.tokens import Purpose
from tests import builders


def letter(**fields: Any) -> Letter:
    """A letter that is open since yesterday."""
    return builders.letter(at=timezone.now() - timedelta(days=1), **fields)


def counted(home: Letter | None = None, **fields: Any) -> Signature:
    """A signature that is in the number."""
    one = builders.confirmed(home or letter(), at=timezone.now(), **fields)
    ledger.seal(letter_id=one.letter_id, at=timezone.now())
    return builders.stored(one.uid)


def opened(client: Client, one: Signature, purpose: Purpose, at: datetime | None = None) -> Any:
    """Open a link of a mail."""
    return client.get(f"/s/{tokens.make(purpose, uid=one.uid, at=at or timezone.now())}/")


def page(one: Signature, name: str = "") -> str:
    """Return the address of one of the owner's pages."""
    return f"/my-signature/{one.uid}/{name}"
