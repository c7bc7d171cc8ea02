"""Times as the API writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from letters.models import Letter


def iso(moment: datetime) -> str:
    """Return a moment in UTC to the second: 2026-03-14T20:40:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_or_null(moment: datetime | None) -> str | None:
    """Return what `iso` does, or nothing for what has not happened."""
    return iso(moment) if moment else None


def lasts(letters: Iterable[Letter], *, at: datetime, most: int) -> int:
    """Return for how many seconds, up to `most`, the clock changes nothing about these letters."""
    return min([most, *(letter.lasts(at=at, most=most) for letter in letters)])


def changed_at(letter: Letter, *, at: datetime) -> datetime:
    """Return when something that readers see of a letter or its number last changed."""
    passed = [moment for moment in letter.turns() if moment <= at]
    return max([letter.changed_at, letter.tally.as_of, *passed])
