"""Whether a name is shown, decided by a moderator. The signature counts all the while."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import DeclineReason, Display, EventName, MessageKind, SignatureState, Visibility
from letters.models import Signature, User
from letters.records import entries, events, names, outbox
from letters.refusal import Refusal


class NotNow(Refusal):
    """It is private, or of a signature that does not count or was erased."""

    message = _("There is nothing to decide about this name now. Reload the page to see how it stands.")


class Changed(Refusal):
    """Its owner changed something that the moderator has not read."""

    message = _("This name changed since the page was opened. Read it again, then decide.")


def show(*, uid: UUID, seen: str, by: User | None, at: datetime) -> Signature:
    """Let readers see a name. `seen` is the digest of what the moderator read.

    Doing it again changes nothing. Raises NotNow, Changed.
    """
    with durable.commit():
        signature = _locked(uid, seen)
        if signature.display != Display.SHOWN:
            _store(signature, Display.SHOWN, "", by, at)
    return signature


def decline(*, uid: UUID, seen: str, reason: DeclineReason, by: User | None, at: datetime) -> Signature:
    """Let nobody but its owner see a name, and mail them why.

    Doing it again for the same reason changes nothing. Raises NotNow, Changed.
    """
    with durable.commit():
        signature = _locked(uid, seen)
        if (signature.display, signature.declined) != (Display.DECLINED, reason):
            _store(signature, Display.DECLINED, reason, by, at)
    return signature


def _locked(uid: UUID, seen: str) -> Signature:
    signature = Signature.objects.locked(uid=uid)
    if (
        signature is None
        or signature.state != SignatureState.CONFIRMED
        or signature.visibility != Visibility.PUBLIC
        or signature.erased_at
    ):
        raise NotNow
    if signature.seen_digest() != seen:
        raise Changed
    return signature


def _store(signature: Signature, display: Display, reason: str, by: User | None, at: datetime) -> None:
    was_on_the_wall, uid = signature.is_on_the_wall, signature.uid
    signature.display, signature.declined = display, reason
    signature.save(update_fields=("display", "declined"))
    entries.put(signature=signature, at=at)
    name = EventName.NAME_DECLINED if reason else EventName.NAME_SHOWN
    data: dict[str, str | int] = {"reason": str(reason)} if reason else {}
    letter = signature.letter.public_id
    events.record(name=name, subject=uid, by=events.actor(by), at=at, letter=letter, data=data)
    if reason:
        once = f"{at:%Y%m%d%H%M%S}"
        outbox.put(kind=MessageKind.HIDDEN, letter_id=signature.letter_id, subjects=[uid], at=at, once=once)
    if was_on_the_wall or signature.is_on_the_wall:
        names.bump(letter_id=signature.letter_id)
