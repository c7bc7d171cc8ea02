"""Why somebody signed, in their own words: read by a person before anybody else sees it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import EventName, ReasonDisplay, SignatureState
from letters.models import Signature, User
from letters.records import events, names
from letters.refusal import Refusal


class NotNow(Refusal):
    """Nobody can give, show or decline a reason of this signature now."""

    message = _("This cannot be done with the signature as it stands. Reload the page to see its state.")


def give(*, uid: UUID, reason: str, at: datetime) -> Signature:
    """Store a reason, which then waits for a moderator; an empty one takes the old one away.

    The same reason again changes nothing. Raises NotNow.
    """
    with durable.commit():
        signature = _locked(uid)
        if signature.reason != reason:
            display = ReasonDisplay.WAITING if reason else ""
            _store(signature, display, EventName.REASON_GIVEN, events.SIGNATORY, at, reason=reason)
    return signature


def show(*, uid: UUID, by: User | None, at: datetime) -> Signature:
    """Let readers see a reason. Raises NotNow."""
    return _decide(uid, ReasonDisplay.SHOWN, EventName.REASON_SHOWN, by, at)


def decline(*, uid: UUID, by: User | None, at: datetime) -> Signature:
    """Let nobody but its owner see a reason. Raises NotNow."""
    return _decide(uid, ReasonDisplay.DECLINED, EventName.REASON_DECLINED, by, at)


def _decide(uid: UUID, display: ReasonDisplay, name: EventName, by: User | None, at: datetime) -> Signature:
    with durable.commit():
        signature = _locked(uid)
        if not signature.reason:
            raise NotNow
        if signature.reason_display != display:
            _store(signature, display, name, events.actor(by), at, reason=signature.reason)
    return signature


def _store(
    signature: Signature, display: str, name: EventName, by: str, at: datetime, *, reason: str
) -> None:
    was_shown = signature.reason_display == ReasonDisplay.SHOWN
    signature.reason, signature.reason_display = reason, display
    signature.save(update_fields=("reason", "reason_display"))
    events.record(name=name, subject=signature.uid, by=by, at=at, letter=signature.letter.public_id)
    if was_shown or display == ReasonDisplay.SHOWN:
        names.bump(letter_id=signature.letter_id)


def _locked(uid: UUID) -> Signature:
    signature = Signature.objects.locked(uid=uid)
    if signature is None or signature.state != SignatureState.CONFIRMED or signature.erased_at:
        raise NotNow
    return signature
