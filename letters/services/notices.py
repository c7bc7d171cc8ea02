"""What people who sign a letter are told about their data: who else gets it, and until when it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import EventName, LetterStatus, Recipients
from letters.models import Letter, User
from letters.models.told import TOLD
from letters.records import events
from letters.records import letters as rows
from letters.refusal import Refusal


class Fixed(Refusal):
    """People signed under these words."""

    message = _("People sign under these words since the letter is published. They cannot be changed.")


class TooSoon(Refusal):
    """Nobody could sign."""

    message = _("Choose a later day: addresses are needed for 30 days after the letter closes.")


@dataclass(frozen=True)
class Said:
    """What an organizer says of data. Words stand by language; empty ones are left out.

    `named` are those who get the data where no choice says it, `notices` whole notices in languages that
    the interface does not speak. Without `until` the day follows from the closing time.
    """

    recipients: Recipients | None
    until: date | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)


def say(*, letter: Letter, said: Said, by: User | None, at: datetime) -> Letter:
    """Store what people are told. Raises TooSoon.

    Once the letter is published, only words in languages that had none are added; Fixed is raised for
    anything else.
    """
    with durable.commit():
        stored = rows.locked(letter=letter)
        before = {name: getattr(stored, name) for name in TOLD}
        stored.recipients = said.recipients or ""
        stored.recipients_named, stored.notices = _words(said.named), _words(said.notices)
        stored.kept_until = said.until
        if stored.status != LetterStatus.DRAFT:
            _demand_kept(stored, before)
        elif stored.latest_end and stored.latest_end <= at:
            raise TooSoon
        rows.save(letter=stored, fields=TOLD, at=at)
        events.record(name=EventName.LETTER_CHANGED, subject=stored.public_id, by=events.actor(by), at=at)
    return stored


def _words(said: Mapping[str, str]) -> dict[str, str]:
    return {language: words.strip() for language, words in said.items() if words.strip()}


def _demand_kept(letter: Letter, before: dict[str, object]) -> None:
    for name, was in before.items():
        now = getattr(letter, name)
        same = was.items() <= now.items() if isinstance(was, dict) else was == now
        if not same:
            raise Fixed
