"""How the number of a letter moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import limits
from letters.api import conditional, found, moments, parameters, values
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.parameters import Given
from letters.api.shapes import series as shapes
from letters.api.values import Reader
from letters.enums import Interval
from letters.models import Letter
from letters.queries import series
from letters.queries.series import Point

DAY: Final = timedelta(days=1)
QUERY: Final[dict[str, Reader]] = {
    "interval": values.one_of([Interval.DAY, Interval.HOUR]),
    "from": values.day,
    "to": values.day,
}


@reading(shapes.ASKED, query=QUERY)
def timeseries(request: Request, asked: Given, slug: str) -> HttpResponse:
    """What each day or hour changed, and the number at its end."""
    now = timezone.now()
    letter = found.number(slug=slug)
    interval = Interval(asked.get("interval", Interval.DAY))
    first, end = _range(letter, interval, asked)
    parts = (str(interval), first.isoformat(), end.isoformat() if end else "")
    if end and end <= series.final_before(letter=letter, at=now):
        # Days that are over are the same for good, and so is the moment that is said of them.
        version = Version((letter.public_id, *parts), end, limits.MOMENT_SHARED_SECONDS)
    else:
        seconds = limits.RECORD_SHARED_SECONDS
        version = conditional.of_series(letter, *parts, interval=interval, at=now, shared_seconds=seconds)

    def body() -> dict[str, object]:
        points = series.points(letter=letter, interval=interval, first=first, end=end, at=now)
        # The letter's tally is now that to which the points add up.
        final = series.final_before(letter=letter, at=now)
        as_of = end if end and end <= final else letter.tally.as_of
        return {
            "interval": interval,
            "as_of": moments.iso(as_of),
            "points": [_point(point) for point in points],
        }

    return conditional.answer(request, version, body)


def _range(letter: Letter, interval: Interval, asked: Given) -> tuple[datetime, datetime | None]:
    """Return where the answer begins and ends; None for the newest number. Raises a problem."""
    since, until = asked.get("from"), asked.get("to")
    if since and until and since > until:
        raise parameters.problem("to", "Give a day that is not before that of `from`.")
    began, newest = series.began(letter=letter), series.ends(letter=letter)
    end = _day(until) + DAY if until and _day(until) < newest else None
    last = end or newest
    unasked = max(began, last - limits.HOURS_UNASKED) if interval == Interval.HOUR else began
    first = max(began, _day(since)) if since else unasked
    if interval == Interval.HOUR and last - first > limits.HOURS_MOST:
        earliest = (last - limits.HOURS_MOST).date().isoformat()
        detail = f"Hours are given for {limits.HOURS_MOST.days} days at once: begin with {earliest}, "
        raise parameters.problem("from", f"{detail}or ask for days.")
    return first, end


def _point(point: Point) -> dict[str, object]:
    return {
        "start": moments.iso(point.start),
        "new": point.new,
        "withdrawn": point.withdrawn,
        "removed": point.removed,
        "total": point.total,
        "final": point.final,
    }


def _day(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
