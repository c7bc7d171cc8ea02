"""Showing a letter to the press before it opens: links that are given, agreed to, revoked and forgotten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from letters import durable, limits, text
from letters.enums import EventName, Phase
from letters.models import Letter, PressLink, User
from letters.records import events
from letters.records import letters as stored
from letters.refusal import Refusal


class NotApproved(Refusal):
    """Nobody has looked yet at who shows this to strangers."""

    message = _(
        "The organization waits for approval by the platform. Its letters are shown to nobody before."
    )


class Opened(Refusal):
    """There is nothing to keep back."""

    message = _("This letter is open, or is gone: there is no embargo to keep.")


class NotAhead(Refusal):
    """An embargo that has ended is none."""

    message = _("Choose a moment that is still to come.")


class NotWritten(Refusal):
    """There is nothing to show."""

    message = _("Write the letter first: a title, and its text.")


class NoRecipient(Refusal):
    """Who agrees must have a name."""

    message = _("Say whom the link is for.")


class TooMany(Refusal):
    """So many cannot be kept apart."""

    message = _("There are as many links as a letter can have. Revoke those that nobody needs.")


class NotOpen(Refusal):
    """It was revoked, or the letter has opened or is gone."""

    message = _("This link shows nothing any more.")


def give(*, link: PressLink, by: User, at: datetime) -> PressLink:
    """Store a link that says its letter, recipient, embargo and words.

    Raises NoRecipient, NotAhead, NotApproved, NotWritten, Opened, TooMany.
    """
    link.recipient, link.words = text.shown(link.recipient), text.shown(link.words)
    if not link.recipient:
        raise NoRecipient
    if link.embargo_until <= at:
        raise NotAhead
    with durable.commit():
        letter = stored.locked(letter=link.letter)
        if letter.organization.approved_at is None:
            raise NotApproved
        if not _is_kept_back(letter, at):
            raise Opened
        if not letter.texts.filter(authoritative=True).exclude(title="").exclude(body="").exists():
            raise NotWritten
        if PressLink.objects.filter(letter=letter, revoked_at=None).count() >= limits.PRESS_MOST:
            raise TooMany
        link.made_by, link.made_at = by, at
        link.save(force_insert=True)
        _record(EventName.EMBARGO_GIVEN, link, letter, events.actor(by), at)
    return link


def agree(*, uid: UUID, at: datetime) -> PressLink:
    """Store that its recipient keeps the embargo and reads the letter. Raises NotOpen.

    The first time is an event; reading again counts along.
    """
    with durable.commit():
        link = (
            PressLink.objects.select_for_update(of=("self",)).select_related("letter").filter(uid=uid).first()
        )
        if link is None or not link.is_open() or not _is_kept_back(link.letter, at):
            raise NotOpen
        if link.agreed_at is None:
            _record(EventName.EMBARGO_AGREED, link, link.letter, events.READER, at)
        PressLink.objects.filter(pk=link.pk).update(
            agreed_at=Coalesce(F("agreed_at"), at), read_at=at, times=F("times") + 1
        )
    return link


def revoke(*, letter: Letter, pk: int, by: User, at: datetime) -> None:
    """Let a link show nothing any more. Raises NotOpen."""
    with durable.commit():
        link = PressLink.objects.select_for_update().filter(letter=letter, pk=pk, revoked_at=None).first()
        if link is None:
            raise NotOpen
        link.revoked_at = at
        link.save(update_fields=("revoked_at",))
        _record(EventName.EMBARGO_REVOKED, link, letter, events.actor(by), at)


def forget(*, at: datetime) -> int:
    """Delete links some time after their embargo ended; return how many, a bounded number."""
    with durable.commit():
        old = PressLink.objects.filter(embargo_until__lte=at - limits.PRESS_KEPT)
        ids = list(old.values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        return PressLink.objects.filter(pk__in=ids).delete()[0]


def _is_kept_back(letter: Letter, at: datetime) -> bool:
    return letter.phase(at=at) in (Phase.DRAFT, Phase.SCHEDULED)


def _record(name: EventName, link: PressLink, letter: Letter, by: str, at: datetime) -> None:
    events.record(name=name, subject=letter.public_id, by=by, at=at, data={"link": link.pk})
