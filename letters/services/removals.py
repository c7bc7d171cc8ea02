"""Taking a signature out of the number by decision, and undoing it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import EventName, MessageKind, RemovalReason, SignatureState
from letters.models import Signature, User
from letters.records import entries, events, names, outbox
from letters.refusal import Refusal

REMOVABLE: Final = (SignatureState.CONFIRMED, SignatureState.HELD)


class WrongState(Refusal):
    """The signature is not in a state in which this can be done."""

    message = _("This cannot be done with the signature as it stands. Reload the page to see its state.")


def remove(*, uid: UUID, reason: RemovalReason, by: User | None, at: datetime) -> Signature:
    """Count a signature no longer and show its name nowhere. Raises WrongState."""
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None or signature.state not in REMOVABLE:
            raise WrongState
        was_on_the_wall = signature.is_on_the_wall
        signature.mark_removed(reason=reason, at=at)
        _queue(signature, EventName.SIGNATURE_REMOVED, by, at, {"reason": str(reason)})
        outbox.put(
            kind=MessageKind.REMOVED,
            letter_id=signature.letter_id,
            subjects=[uid],
            at=at,
            once=f"{at:%Y%m%d%H%M%S}",
        )
        if was_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature


def restore(*, uid: UUID, by: User | None, at: datetime) -> Signature:
    """Undo a removal: the signature counts again. Raises WrongState."""
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None or signature.state != SignatureState.REMOVED or not signature.confirmed_at:
            raise WrongState
        signature.mark_restored()
        _queue(signature, EventName.SIGNATURE_RESTORED, by, at, {})
        if signature.is_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature


def _queue(
    signature: Signature, name: EventName, by: User | None, at: datetime, data: dict[str, str | int]
) -> None:
    if signature.confirmed_at:
        entries.put(signature=signature, at=at)
    letter = signature.letter.public_id
    events.record(name=name, subject=signature.uid, by=events.actor(by), at=at, letter=letter, data=data)
