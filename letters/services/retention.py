"""Deleting what is needed no longer, by the schedule that the privacy page states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from letters import durable, limits
from letters.enums import EventName, LetterStatus, SignatureState
from letters.models import Letter, Signature
from letters.records import events, mailboxes

# Who still wants news keeps the address and its key.
UNNEEDED: Final = Q(email_sealed__isnull=False) & (Q(updates=False) | Q(state=SignatureState.WITHDRAWN))


@dataclass(frozen=True)
class Due:
    """A letter whose signatories' addresses are due, and of how many."""

    letter_id: int
    slug: str
    addresses: int


def outlasting(*, at: datetime) -> list[Letter]:
    """Return the open letters that have to close now, so that addresses are deleted by the day they said."""
    open_letters = Letter.objects.filter(status__in=(LetterStatus.PUBLISHED, LetterStatus.PAUSED))
    running = open_letters.filter(Q(closes_at=None) | Q(closes_at__gt=at))
    return list(running.filter(kept_until__lte=(at + limits.KEPT_AFTER_CLOSING).date()).order_by("pk"))


def due(*, at: datetime) -> list[Due]:
    """Return what `forget` would delete."""
    letters = _ended(at).order_by("pk")
    return [Due(one.pk, one.slug, _addresses(one.pk).count()) for one in letters]


def forget(*, letter_id: int, after: int, at: datetime) -> int | None:
    """Delete the next addresses of a letter, and what finds their mailboxes again.

    Returns where to go on, or None when all are gone; that is recorded once.
    """
    with durable.commit():
        rows = _to_forget(letter_id).filter(pk__gt=after).order_by("pk")
        ids = list(rows.select_for_update(no_key=True).values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        if ids:
            mailboxes.forget(signatures=ids)
            return int(ids[-1])
        letter = Letter.objects.select_for_update(no_key=True).get(pk=letter_id)
        if letter.forgotten_at is None:
            letter.forgotten_at = at
            letter.save(update_fields=("forgotten_at",))
            events.record(name=EventName.ADDRESSES_DELETED, subject=letter.public_id, by=events.SYSTEM, at=at)
    return None


def _ended(at: datetime) -> QuerySet[Letter]:
    end = at - limits.KEPT_AFTER_CLOSING
    over = Q(closed_at__lte=end) | Q(closes_at__lte=end) | Q(withdrawn_at__lte=end)
    # Whoever wanted news and wants none any more comes later than the others of their letter.
    late = Exists(Signature.objects.filter(UNNEEDED, letter=OuterRef("pk")))
    return Letter.objects.filter(over, Q(forgotten_at=None) | late, published_at__isnull=False)


def _to_forget(letter_id: int) -> QuerySet[Signature]:
    return Signature.objects.filter(UNNEEDED | Q(erased_at__isnull=False), letter_id=letter_id)


def _addresses(letter_id: int) -> QuerySet[Signature]:
    return Signature.objects.filter(UNNEEDED, letter_id=letter_id)
