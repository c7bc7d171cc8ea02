"""Updates: what an organizer tells of a letter after people signed it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from letters import durable, languages, prose
from letters.enums import EventName, LetterStatus, MessageKind
from letters.models import Letter, Update, User
from letters.records import events, mailings
from letters.records import letters as rows
from letters.refusal import Refusal

TELLING: Final = (LetterStatus.PUBLISHED, LetterStatus.PAUSED, LetterStatus.CLOSED)


class NotReady(Refusal):
    """Something is missing before the update can be published."""


class Frozen(Refusal):
    """It is public already, and was mailed."""

    message = _("A published update cannot be changed. Write another one.")


class Changed(Refusal):
    """Somebody changed it since it was looked at."""

    message = _("The update was changed since you opened this page. Read it as it is now, then send it.")


def write(*, update: Update, by: User | None, at: datetime) -> Update:
    """Store the words of an update that is not public yet. Raises Frozen, NotReady."""
    _demand_words(update)
    with durable.commit():
        if update.pk is not None:
            _locked(update)
        update.save()
        _record(EventName.UPDATE_WRITTEN, update, by, at)
    return update


def publish(*, update: Update, seen: str | None = None, by: User | None, at: datetime) -> Update:
    """Put an update before the public, under the next number, and begin the mails to who asked for news.

    `seen` is the digest of what `by` was shown, where it was shown. Raises Changed, Frozen, NotReady.
    """
    with durable.commit():
        if update.pk is not None:
            update = _locked(update)
        if seen not in (None, update.seen_digest()):
            raise Changed
        _demand_words(update)
        letter = rows.locked(letter=update.letter)
        _demand_public(letter, at=at)
        known = letter.updates.aggregate(last=Max("number"))["last"]
        update.letter, update.number, update.published_at, update.by = letter, (known or 0) + 1, at, by
        update.save()
        mailings.put(kind=MessageKind.UPDATE, letter=letter, update=update, at=at)
        _record(EventName.UPDATE_PUBLISHED, update, by, at)
        rows.save(letter=letter, at=at)
    return update


def _locked(update: Update) -> Update:
    stored = Update.objects.select_for_update().get(pk=update.pk)
    if stored.published_at is not None:
        raise Frozen
    return stored


def _demand_words(update: Update) -> None:
    """Write words as they are stored. Raises NotReady where some are missing."""
    update.title, update.body = prose.canonical(update.title).strip(), prose.canonical(update.body).strip()
    if update.language not in languages.KNOWN:
        raise NotReady(_("Choose a language code like en, fr or pt-br."))
    if not (update.title and update.body):
        raise NotReady(_("An update needs a title and a text."))


def _demand_public(letter: Letter, *, at: datetime) -> None:
    opened = letter.opens_at is not None and letter.opens_at <= at
    if letter.status not in TELLING or not opened:
        raise NotReady(_("The letter must be open or closed: nobody can read updates of it now."))
    if letter.organization.approved_at is None:
        raise NotReady(_("The organization waits for approval by the platform."))


def _record(name: EventName, update: Update, by: User | None, at: datetime) -> None:
    data: dict[str, str | int] = {"update": update.number} if update.number else {}
    subject = update.letter.public_id
    events.record(name=name, subject=subject, by=events.actor(by), at=at, data=data)
