"""The published number and its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from letters import limits
from letters.enums import Interval
from letters.models import Checkpoint, Letter, Tally, TallyPoint


@dataclass(frozen=True)
class Day:
    """What one day (UTC) added."""

    start: datetime
    new: int
    total: int


def days(*, letter: Letter) -> list[Day]:
    """Return the last days of a letter up to its tally, oldest first, quiet days included."""
    points = TallyPoint.objects.filter(letter=letter, interval=Interval.DAY).order_by("-start")
    known = {point.start: point for point in points[: limits.CHART_DAYS]}
    if not known:
        return []
    last = letter.tally.as_of.replace(hour=0, minute=0, second=0, microsecond=0)
    day = max(min(known), last - timedelta(days=limits.CHART_DAYS - 1))
    result: list[Day] = []
    total = 0
    while day <= last:
        point = known.get(day)
        total = point.total if point else total
        result.append(Day(day, point.new if point else 0, total))
        day += timedelta(days=1)
    return result


def newest() -> datetime | None:
    """Return the newest moment of any letter's number, or None before the first letter."""
    moment: datetime | None = Tally.objects.aggregate(newest=Max("as_of"))["newest"]
    return moment


def at_checkpoint(*, letter: Letter, checkpoint: Checkpoint) -> Tally:
    """Return the number as it was when a checkpoint was sealed, to show and not to save."""
    root = bytes(checkpoint.root)
    return Tally(letter=letter, as_of=checkpoint.at, size=checkpoint.size, root=root, **checkpoint.parts)
