"""Asking somebody by mail to sign a letter: once, and never again."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import addresses, crypto, durable, limits
from letters.enums import EventName, MessageKind
from letters.models import Guest, Letter, User
from letters.models.guest import guest_context, has_signed
from letters.records import events, guests, outbox
from letters.records import letters as stored
from letters.refusal import Refusal


class NotApproved(Refusal):
    """Nobody has looked yet at who causes these mails."""

    message = _("Nobody gets mail because of an organization that waits for its approval.")


class NotOpen(Refusal):
    """Whoever came could not sign."""

    message = _("This letter cannot be signed at the moment, so nobody is asked to.")


class AskedBefore(Refusal):
    """One mail is an invitation, two are a nuisance."""

    message = _("This mailbox was asked to sign this letter before. Nobody gets a second mail.")


class TooMany(Refusal):
    """More is a mailing to people who did not ask."""

    message = _("So many people were asked today that no more mails leave. Ask the others tomorrow.")


class Ended(Refusal):
    """It was taken back, or is over."""

    message = _("This invitation is not open any more.")


def invite(*, letter: Letter, email: str, words: str, by: User | None, at: datetime) -> Guest:
    """Ask a mailbox by mail to sign a letter. Raises NotApproved, NotOpen, AskedBefore, TooMany.

    Whether its owner wants no mail, is blocked, or has signed is looked up when the mail would leave, so
    that nobody learns it here.
    """
    uid = uuid4()
    with durable.commit():
        found = stored.locked(letter=letter)
        key = addresses.mailbox_key(email, letter_id=found.pk, version=found.address_rules)
        _demand(found, key, at)
        guest = Guest.objects.create(
            uid=uid,
            letter=found,
            key=key,
            email_sealed=crypto.seal(email, context=guest_context(uid)),
            words=words,
            invited_by=by,
            created_at=at,
        )
        _record(EventName.GUEST_INVITED, guest, found, events.actor(by), at)
        outbox.invite(kind=MessageKind.GUEST, subject=uid, letter_id=found.pk, at=at)
    return guest


def take_back(*, letter: Letter, pk: int, by: User | None, at: datetime) -> None:
    """Ask no longer; a mail that has not left stays here. Raises Ended."""
    with durable.commit():
        rows = Guest.objects.open(at=at).filter(letter=letter).select_for_update()
        guest = rows.filter(pk=pk).first()
        if guest is None or Guest.objects.filter(has_signed(), pk=pk).exists():
            raise Ended
        guest.taken_back_at, guest.email_sealed, guest.words = at, None, ""
        guest.save(update_fields=("taken_back_at", "email_sealed", "words"))
        _record(EventName.GUEST_TAKEN_BACK, guest, letter, events.actor(by), at)


def forget(*, at: datetime) -> int:
    """Wipe the addresses of invitations that are over; delete those of letters whose addresses are gone.

    Returns how many, a bounded number. The letter cannot be signed any more by then.
    """
    with durable.commit():
        over = Q(has_signed()) | Q(created_at__lte=at - limits.GUEST_FOR)
        kept = Guest.objects.filter(over, email_sealed__isnull=False)
        ids = list(kept.values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        guests.wipe(guests=ids)
        past = Guest.objects.filter(letter__forgotten_at__isnull=False)
        gone = list(past.values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        Guest.objects.filter(pk__in=gone).delete()
    return len(ids) + len(gone)


def _demand(letter: Letter, key: bytes, at: datetime) -> None:
    if letter.organization.approved_at is None:
        raise NotApproved
    if guests.text_of(letter=letter, at=at) is None:
        raise NotOpen
    if Guest.objects.filter(letter=letter, key=key).exists():
        raise AskedBefore
    today = Guest.objects.filter(letter=letter, created_at__gt=at - limits.GUESTS_WITHIN)
    if today.count() >= limits.GUESTS_MOST:
        raise TooMany


def _record(name: EventName, guest: Guest, letter: Letter, by: str, at: datetime) -> None:
    events.record(name=name, subject=letter.public_id, by=by, at=at, data={"guest": guest.pk})
