"""What a table of numbers may say: small cells could point to persons, so they stand together as `other`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Table(NamedTuple):
    """The cells that may be said, the largest first, and the sum of all others."""

    cells: list[tuple[str, int]]
    other: int


def limit(numbers: Mapping[str, int], *, least: int, most: int | None = None) -> Table:
    """Return the cells of `least` or more, and `most` of them at most.

    A single small cell would be known from `other`, so the smallest of the others joins it.
    """
    cells = sorted(numbers.items(), key=lambda cell: (-cell[1], cell[0]))
    said = [cell for cell in cells if cell[1] >= least][:most]
    if len(cells) - len(said) == 1:
        said = said[:-1]
    return Table(said, sum(numbers.values()) - sum(number for _name, number in said))
