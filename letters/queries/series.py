"""How the number moved: by hour or by day (UTC), quiet ones included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Min, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from letters import limits
from letters.enums import Interval
from letters.models import Letter, TallyPoint

LENGTHS: Final = {Interval.HOUR: timedelta(hours=1), Interval.DAY: timedelta(days=1)}


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

    The last is the last before `end`, or that of the newest number. The letter is given the tally to
    which the points add up: both are read in one statement.
    """
    rows = list(_rows(letter, interval, first))
    if rows:
        letter.tally = rows[0].letter.tally
    known = {row.start: row for row in rows}
    stop = min(end, ends(letter=letter)) if end else ends(letter=letter)
    final, length = final_before(letter=letter, at=at), LENGTHS[interval]
    total = rows[0].total if rows and rows[0].start < first else 0
    found: list[Point] = []
    start = first
    while start < stop:
        row = known.get(start)
        total = row.total if row else total
        changes = (row.new, row.withdrawn, row.removed) if row else (0, 0, 0)
        found.append(Point(start, *changes, total, start + length <= final))
        start += length
    return found


def _rows(letter: Letter, interval: Interval, first: datetime) -> QuerySet[TallyPoint]:
    """Return what is stored since `first`, and the last of what was before, where the total comes from."""
    mine = TallyPoint.objects.filter(letter=letter, interval=interval)
    before = mine.filter(start__lt=first).order_by("-start").values("start")[:1]
    rows = mine.filter(start__gte=Coalesce(Subquery(before), Value(first)))
    return rows.select_related("letter__tally").order_by("start")


def began(*, letter: Letter) -> datetime:
    """Return the first day of a letter: it opened then, or was counted before."""
    days = TallyPoint.objects.filter(letter=letter, interval=Interval.DAY)
    first: datetime | None = days.aggregate(first=Min("start"))["first"]
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


def day_of(*, moment: datetime) -> datetime:
    """Return the beginning of a moment's day (UTC)."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
