"""Spreading invented signatories over the time that a letter has been open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from letters import languages
from letters.demo.people import MINUTES, Person
from letters.enums import Recipients
from letters.models import Letter, LetterText, User
from letters.models.reading import shown
from letters.services import ledger, notices, previews, seeds
from letters.services.notices import Said

KEPT_FOR: Final = timedelta(days=3 * 365)  # the day by which an invented letter's addresses are deleted
GROUPS_MOST: Final = 100  # six hours each: the history has a shape


def load(*, text: LetterText, crowd: Iterable[Person], seed: str, since: datetime, until: datetime) -> None:
    """Load and count signatories, in groups, between `since` and `until`."""
    groups = max(1, min(GROUPS_MOST, int((until - since).total_seconds()) // 2))
    first = 0
    for number, group in _groups(crowd, groups):
        moment = since + (until - since) * (number + 1) / groups
        seeds.load(text=text, people=group, seed=seed, first=first, at=moment)
        while ledger.seal(letter_id=text.letter_id, at=moment):
            pass
        first += len(group)


def make_ready(*, letter: Letter, by: User | None, at: datetime) -> None:
    """Do what a team does before it publishes a draft: say what becomes of data, and read each preview.

    What was said stays. In languages that the interface does not speak, people are told three dots.
    """
    drafts = list(LetterText.objects.filter(letter=letter, published_at=None))
    stored = Letter.objects.select_related("organization").get(pk=letter.pk)
    told = {text.language: "…" for text in drafts if not languages.is_spoken(text.language)}
    until = stored.kept_until or (None if stored.closes_at else (at + KEPT_FOR).date())
    said = Said(
        recipients=Recipients(stored.recipients or Recipients.NOBODY),
        until=until,
        named=stored.recipients_named,
        notices=told | stored.notices,
    )
    stored = notices.say(letter=stored, said=said, by=by, at=at)
    for text in drafts:
        seen = shown(letter=stored, text=text)
        previews.read(letter=stored, language=text.language, seen=seen, by=by, at=at)


def _groups(crowd: Iterable[Person], groups: int) -> Iterator[tuple[int, list[Person]]]:
    for number, group in groupby(crowd, key=lambda person: person.minute * groups // MINUTES):
        yield number, list(group)


def opened_before(moment: datetime) -> datetime:
    """Return when a letter opened whose whole demo history ends at `moment`."""
    return (moment - timedelta(minutes=MINUTES)).replace(second=0, microsecond=0)
