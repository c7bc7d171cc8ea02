"""Bars of a chart, drawn by the server (SVG). Numbers in, rectangles out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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


def upright(numbers: Sequence[int]) -> list[Bar]:
    """Return a bar for each number, side by side on the ground of the chart, the highest as high as it."""
    most, step = max([*numbers, 1]), WIDTH / max(len(numbers), 1)
    width = step - min(GAP, step / 4)
    bars = []
    for place, number in enumerate(numbers):
        height = HEIGHT * number / most
        left, top = place * step + (step - width) / 2, HEIGHT - height
        bars.append(Bar(f"{left:.1f}", f"{top:.1f}", f"{width:.1f}", f"{height:.1f}"))
    return bars


def lengths(numbers: Sequence[int]) -> list[str]:
    """Return how long a bar beside each number is, of WIDTH; the longest fills it."""
    most = max([*numbers, 1])
    return [f"{WIDTH * number / most:.1f}" for number in numbers]
