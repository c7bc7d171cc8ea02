"""The chart under a letter: its signatures by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from letters import charts
from letters.charts import Bar
from letters.queries.series import Point


@dataclass(frozen=True)
class Chart:
    """What the chart's template shows."""

    days: Sequence[Point]
    bars: Sequence[Bar]
    most: Point
    first: Point
    last: Point


def daily(days: Sequence[Point]) -> Chart | None:
    """Return bars for the signatures of each day, or None when there is too little to draw."""
    if len(days) < 2:
        return None
    most = max(days, key=lambda day: day.new)
    return Chart(days, charts.upright([day.new for day in days]), most, days[0], days[-1])
