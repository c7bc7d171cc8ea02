"""How the number moved: by hour or by day (UTC), quiet ones included."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from letters import limits
from letters.enums import Interval
from letters.models import Letter, TallyPoint

LENGTHS: Final = {Interval.HOUR: timedelta(hours=1), Interval.DAY: timedelta(days=1)}


# The ORM would take longer to write these than PostgreSQL to answer them.
BEGAN: Final = "SELECT min(start) FROM letters_tallypoint WHERE letter_id = %s AND interval = %s"
SINCE: Final = """
SELECT point.start, point.new, point.withdrawn, point.removed, point.total,
tally.as_of, tally.revision, tally.count
FROM letters_tallypoint AS point JOIN letters_tally AS tally ON tally.letter_id = point.letter_id
WHERE point.letter_id = %(letter)s AND point.interval = %(interval)s AND point.start >= COALESCE((
SELECT max(start) FROM letters_tallypoint
WHERE letter_id = %(letter)s AND interval = %(interval)s AND start < %(first)s), %(first)s)
ORDER BY point.start
"""
"""What is stored since then, and the last of what was before, where the total comes from."""


class Point(NamedTuple):
    """What one hour or day changed and where the number stood at its end; `final` if that is for good."""

    start: datetime
    new: int
    withdrawn: int
    removed: int
    total: int
    final: bool


def points(
    *, letter: Letter, interval: Interval, first: datetime, end: datetime | None = None, at: datetime
) -> list[Point]:
    """Return each hour or day from the one that begins at `first`, oldest first.

    The last is the last before `end`, or that of the newest number. The letter's tally becomes that to
    which the points add up, with its moment and revision: all is read in one statement.
    """
    rows = _since(letter, interval, first)
    if rows:
        letter.tally.as_of, letter.tally.revision, letter.tally.count = rows[0][-3:]
    stop = min(end, ends(letter=letter)) if end else ends(letter=letter)
    return _filled(rows, interval, first, stop, final_before(letter=letter, at=at))


def last_days(*, letter: Letter, most: int, at: datetime) -> list[Point]:
    """Return the last days of a letter, oldest first, none before the first on which it was counted.

    They end with the day of the letter's tally, which stays as it is: a page shows more of it.
    """
    stop = ends(letter=letter)
    first = stop - most * LENGTHS[Interval.DAY]
    rows = _since(letter, Interval.DAY, first)
    if not rows:
        return []
    return _filled(rows, Interval.DAY, max(first, rows[0][0]), stop, final_before(letter=letter, at=at))


class Day(NamedTuple):
    """What one day (UTC) of a letter brought: new signatures, and by how much its number moved."""

    new: int
    moved: int


def recent(*, letters: Collection[Letter], days: int, at: datetime) -> dict[int, list[Day]]:
    """Return the last days of many letters up to today, oldest first, by the letter's id."""
    last = day_of(moment=at)
    first = last - (days - 1) * LENGTHS[Interval.DAY]
    rows = TallyPoint.objects.filter(letter__in=letters, interval=Interval.DAY, start__gte=first)
    found = {letter.pk: [Day(0, 0)] * days for letter in letters}
    for point in rows.order_by("letter_id", "start"):
        place = (point.start - first).days
        if place < days:
            found[point.letter_id][place] = Day(point.new, point.new - point.withdrawn - point.removed)
    return found


def began(*, letter: Letter) -> datetime:
    """Return the first day of a letter: it opened then, or was counted before."""
    with connection.cursor() as cursor:
        cursor.execute(BEGAN, [letter.pk, Interval.DAY])
        [first] = cursor.fetchone()
    known = [moment for moment in (first, letter.opens_at) if moment]
    return day_of(moment=min(known, default=letter.tally.as_of))


def ends(*, letter: Letter) -> datetime:
    """Return the end of the day up to which a letter is counted."""
    return day_of(moment=letter.tally.as_of) + LENGTHS[Interval.DAY]


def final_before(*, letter: Letter, at: datetime) -> datetime:
    """Return up to when nothing of a letter's number changes any more.

    Time never goes back in a tally; one that is being made may be dated some minutes before.
    """
    return max(letter.tally.as_of, at - limits.FINAL_AFTER)


def open_from(*, letter: Letter, interval: Interval, at: datetime) -> datetime:
    """Return the beginning of the first hour or day of a letter that is not final."""
    final = final_before(letter=letter, at=at)
    hour = final.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour if interval == Interval.HOUR else day_of(moment=final)


def day_of(*, moment: datetime) -> datetime:
    """Return the beginning of a moment's day (UTC)."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _since(letter: Letter, interval: Interval, first: datetime) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SINCE, {"letter": letter.pk, "interval": str(interval), "first": first})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _filled(
    rows: Sequence[tuple[Any, ...]], interval: Interval, first: datetime, stop: datetime, final: datetime
) -> list[Point]:
    """Return each hour or day from `first` up to `stop`, the quiet ones too."""
    changes = {start: tuple(row) for start, *row in (row[:-3] for row in rows)}
    total = rows[0][4] if rows and rows[0][0] < first else 0
    length, start = LENGTHS[interval], first
    found: list[Point] = []
    while start < stop:
        new, withdrawn, removed, total = changes.get(start, (0, 0, 0, total))
        found.append(Point(start, new, withdrawn, removed, total, start + length <= final))
        start += length
    return found
