"""What happened to letters: one opened, told news, its text changed, it was answered, it closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least

from letters import limits
from letters.enums import LetterStatus
from letters.models import Letter, LetterText, Update


class Happening(StrEnum):
    """What may happen."""

    OPENED = "opened"
    CHANGED = "changed"
    UPDATE = "update"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Item:
    """One thing that happened to a letter, and when.

    `text` is the one that binds today; of a change, the one that it brought.
    """

    happening: Happening
    letter: Letter
    at: datetime
    text: LetterText
    update: Update | None = None


Found = tuple[Happening, Letter, datetime, LetterText | None, Update | None]


def of_letter(*, letter: Letter, at: datetime) -> list[Item]:
    """Return what happened to one letter up to `at`, the newest first."""
    return _newest(Letter.objects.public().filter(pk=letter.pk), at)


def of_site(*, at: datetime) -> list[Item]:
    """Return what last happened to all letters that can be read, the newest first."""
    return _newest(Letter.objects.public(), at)


def _newest(letters: QuerySet[Letter], at: datetime) -> list[Item]:
    opened = letters.filter(opens_at__lte=at)
    found = [*_of_letters(opened, at), *_of_texts(opened), *_of_updates(opened)]
    newest = sorted(found, key=lambda found: found[2], reverse=True)[: limits.FEED_ENTRIES]
    binding = _binding({letter.pk for _happening, letter, *_rest in newest})
    return [
        Item(happening, letter, at, text or binding[letter.pk], update)
        for happening, letter, at, text, update in newest
    ]


def _of_letters(opened: QuerySet[Letter], at: datetime) -> Iterator[Found]:
    over = Q(status=LetterStatus.CLOSED) | Q(closes_at__lte=at)
    happened = {
        Happening.OPENED: opened.annotate(moment=F("opens_at")),
        Happening.ANSWERED: opened.filter(answered_at__isnull=False).annotate(moment=F("answered_at")),
        # PostgreSQL passes over what is null.
        Happening.CLOSED: opened.filter(over).annotate(moment=Least("closed_at", "closes_at")),
    }
    for happening, letters in happened.items():
        rows = letters.select_related("organization", "tally").order_by("-moment")
        for letter in rows[: limits.FEED_ENTRIES]:
            yield happening, letter, letter.moment, None, None


def _of_texts(opened: QuerySet[Letter]) -> Iterator[Found]:
    changes = LetterText.objects.filter(letter__in=opened, authoritative=True, version__gt=1)
    rows = changes.filter(published_at__isnull=False).select_related("letter__organization", "letter__tally")
    for text in rows.order_by("-published_at")[: limits.FEED_ENTRIES]:
        if text.published_at:
            yield Happening.CHANGED, text.letter, text.published_at, text, None


def _of_updates(opened: QuerySet[Letter]) -> Iterator[Found]:
    told = Update.objects.filter(letter__in=opened, number__gt=0)
    rows = told.select_related("letter__organization", "letter__tally").order_by("-published_at")
    for update in rows[: limits.FEED_ENTRIES]:
        if update.published_at:
            yield Happening.UPDATE, update.letter, update.published_at, None, update


def _binding(letters: set[int]) -> dict[int, LetterText]:
    """Return the text that binds today, for each of these letters."""
    texts = LetterText.objects.filter(letter__in=letters, authoritative=True, published_at__isnull=False)
    return {text.letter_id: text for text in texts.order_by("version").defer("body")}
