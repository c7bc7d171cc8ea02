"""Bars of a chart, drawn by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from letters.queries.series import Point

WIDTH: Final = 640.0
HEIGHT: Final = 100.0
GAP: Final = 4.0


@dataclass(frozen=True)
class Bar:
    """A rectangle in the chart's own units; templates print numbers as they stand here."""

    x: str
    y: str
    width: str
    height: str


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
    step = WIDTH / len(days)
    width = step - min(GAP, step / 4)
    bars = []
    for place, day in enumerate(days):
        height = HEIGHT * day.new / max(most.new, 1)
        bars.append(
            Bar(
                f"{place * step + (step - width) / 2:.1f}",
                f"{HEIGHT - height:.1f}",
                f"{width:.1f}",
                f"{height:.1f}",
            )
        )
    return Chart(days, bars, most, days[0], days[-1])
