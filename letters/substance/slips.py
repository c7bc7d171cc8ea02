"""Whether one word is another, written wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from letters.substance.lists import fold

SHORT: Final = 5
"""Words of fewer letters are other words at once: of and off, can and ban, now and not."""
LONG: Final = 8
"""From here on two slips may be in one word."""
LONGEST: Final = 40
"""Nothing longer is compared letter by letter."""
BARE: Final = {ord(char): None for char in "'’"}


def is_slip(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether words are the same ones but for case, marks, spaces between them and a slip in each."""
    before, after = ([fold(word).translate(BARE) for word in side] for side in (old, new))
    if "".join(before) == "".join(after):
        return True
    return len(before) == len(after) and all(_alike(*pair) for pair in zip(before, after, strict=True))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if not one or not other or one[0] != other[0] or max(len(one), len(other)) > LONGEST:
        return False
    if one.endswith(other) or other.endswith(one):
        return False  # a beginning came or went: possible, impossible
    shorter = min(len(one), len(other))
    if shorter < SHORT:
        return sorted(one) == sorted(other) and distance(one, other) == 1  # two letters changed places
    return distance(one, other) <= (2 if shorter >= LONG else 1)


def distance(one: str, other: str) -> int:
    """Return how many letters came, went, changed or changed places with the next (Damerau, 1964)."""
    rows = [list(range(len(other) + 1))]
    for at, char in enumerate(one, 1):
        row = [at]
        for place, there in enumerate(other, 1):
            best = min(rows[-1][place] + 1, row[-1] + 1, rows[-1][place - 1] + (char != there))
            if at > 1 and place > 1 and char == other[place - 2] and one[at - 2] == there:
                best = min(best, rows[-2][place - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
