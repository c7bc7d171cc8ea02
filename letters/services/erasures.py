"""Forgetting a person, and forgetting them again when a restore brought them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable, limits
from letters.enums import EventName, SignatureState
from letters.models import Erasure, Signature
from letters.records import entries, events, features, guests, mailboxes, names, outbox, reports
from letters.refusal import Refusal

ERASABLE: Final = (SignatureState.CONFIRMED, SignatureState.WITHDRAWN)
JOURNAL: Final = "erasures"
"""What the event of a replay is about."""
ERASED: Final = "erased"
DELETED: Final = "deleted"
KNOWN: Final = "already erased"
UNKNOWN: Final = "not in the database"


class NotNow(Refusal):
    """What still waits for somebody cannot be forgotten yet."""

    message = _("Only a confirmed or withdrawn signature can be erased.")


def erase(*, uid: UUID, at: datetime) -> Signature:
    """Empty everything that points to the person. A counted signature stays counted.

    Doing it again changes nothing. Raises NotNow.
    """
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None or signature.state not in ERASABLE:
            raise NotNow
        if not signature.erased_at:
            _forget(signature, Erasure(uid=uid, at=at), by=events.SIGNATORY, at=at)
    return signature


def delete(*, uid: UUID, at: datetime) -> None:
    """Take a signature back, if it stands, and forget its owner. One that never counted goes whole.

    Doing it again changes nothing.
    """
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None or (signature.erased_at and signature.state == SignatureState.WITHDRAWN):
            return
        erasure = Erasure(uid=uid, at=at)
        if signature.confirmed_at is None:
            _drop(signature, erasure, at=at)
            return
        if signature.state != SignatureState.WITHDRAWN:
            was_on_the_wall = signature.is_on_the_wall
            signature.mark_withdrawn(at=at)
            events.record(name=EventName.SIGNATURE_WITHDRAWN, subject=uid, by=events.SIGNATORY, at=at)
            if was_on_the_wall:
                names.bump(letter_id=signature.letter_id)
        _forget(signature, erasure, by=events.SIGNATORY, at=at)


def unwritten() -> list[Erasure]:
    """Return erasures that do not stand in the journal yet, the oldest first, a bounded number."""
    return list(Erasure.objects.filter(journaled_at=None).order_by("at")[: limits.ROWS_AT_ONCE])


def written(*, uids: Sequence[UUID], at: datetime) -> None:
    """Note that these erasures stand in the journal."""
    with durable.commit():
        Erasure.objects.filter(pk__in=uids, journaled_at=None).update(journaled_at=at)


def repeat(*, uid: UUID, since: datetime, at: datetime) -> str:
    """Forget again whom the journal says was forgotten at `since`, in whatever state they are back.

    A form that nobody confirmed is deleted whole. Returns what there was to do; never refuses.
    """
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None:
            return UNKNOWN
        if signature.erased_at:
            return KNOWN
        erasure = Erasure(uid=uid, at=since, journaled_at=at)
        if signature.state != SignatureState.PENDING:
            _forget(signature, erasure, by=events.SYSTEM, at=at)
            return ERASED
        _drop(signature, erasure, at=at)
    return DELETED


def replayed(*, found: dict[str, int], at: datetime) -> None:
    """Record that the whole journal was gone through."""
    with durable.commit():
        figures: dict[str, str | int] = dict(found)
        events.record(
            name=EventName.ERASURES_REPLAYED, subject=JOURNAL, by=events.SYSTEM, at=at, data=figures
        )


def _drop(signature: Signature, erasure: Erasure, *, at: datetime) -> None:
    outbox.drop(signature=signature, at=at)
    guests.drop(signature=signature)
    signature.delete()
    _store(erasure)


def _forget(signature: Signature, erasure: Erasure, *, by: str, at: datetime) -> None:
    was_on_the_wall = signature.is_on_the_wall
    reports.drop(signature=signature)
    signature.mark_erased(at=erasure.at)
    features.drop(signature=signature)
    guests.drop(signature=signature)
    outbox.drop(signature=signature, at=at)
    if signature.letter.forgotten_at:
        mailboxes.forget(signatures=[signature.pk])
    _store(erasure)
    if signature.confirmed_at:
        entries.put(signature=signature, at=at)
    events.record(name=EventName.SIGNATURE_ERASED, subject=signature.uid, by=by, at=at)
    if was_on_the_wall:
        names.bump(letter_id=signature.letter_id)


def _store(erasure: Erasure) -> None:
    # It may be there: a restore takes back what became of the row, and the journal keeps the rest.
    Erasure.objects.bulk_create([erasure], ignore_conflicts=True)
