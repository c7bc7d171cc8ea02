"""Deleting what is needed no longer, by the schedule that the privacy page states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from letters import durable, limits
from letters.enums import EventName
from letters.models import Letter, Signature
from letters.records import events

# The key goes with the address, which it seals: who still wants news keeps both.
FORGET: Final = """
UPDATE letters_signature SET email_sealed = NULL,
email_key = sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
WHERE id = ANY(%s)
"""


@dataclass(frozen=True)
class Due:
    """A letter whose signatories' addresses are due, and of how many."""

    letter_id: int
    slug: str
    addresses: int


def due(*, at: datetime) -> list[Due]:
    """Return what `forget` would delete."""
    letters = _ended(at).order_by("pk")
    return [Due(one.pk, one.slug, _to_forget(one.pk).count()) for one in letters]


def forget(*, letter_id: int, after: int, at: datetime) -> int | None:
    """Delete the next addresses of a letter, and what finds their mailboxes again.

    Returns where to go on, or None when all are gone; that is recorded once.
    """
    with durable.commit():
        rows = _to_forget(letter_id).filter(pk__gt=after).order_by("pk")
        ids = list(rows.select_for_update(no_key=True).values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        if ids:
            with connection.cursor() as cursor:
                cursor.execute(FORGET, [ids])
            return int(ids[-1])
        letter = Letter.objects.select_for_update(no_key=True).get(pk=letter_id)
        letter.forgotten_at = at
        letter.save(update_fields=("forgotten_at",))
        events.record(name=EventName.ADDRESSES_DELETED, subject=letter.public_id, by=events.SYSTEM, at=at)
    return None


def _ended(at: datetime) -> QuerySet[Letter]:
    end = at - limits.KEPT_AFTER_CLOSING
    over = Q(closed_at__lte=end) | Q(closes_at__lte=end) | Q(withdrawn_at__lte=end)
    return Letter.objects.filter(over, forgotten_at=None, published_at__isnull=False)


def _to_forget(letter_id: int) -> QuerySet[Signature]:
    return Signature.objects.filter(letter_id=letter_id, email_sealed__isnull=False, updates=False)
