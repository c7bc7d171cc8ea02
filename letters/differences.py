"""What changed between two texts: paragraph by paragraph, and within those word by word.

Spaces and line breaks are not compared: they say nothing to a reader. The time is bounded: what would
take too many steps to compare is given as taken out whole and put in whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

STEPS_MOST: Final = 15_000_000
"""Comparisons of two words in all: the worst pair of texts takes about a second."""
BAG_STEPS: Final = 5
"""What it takes, in such comparisons, to look up a word in a bag of them."""
ALIKE: Final = 0.4
"""The part of their words that two paragraphs must share to be one that was changed."""
SIGNS: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
STOPS: Final = r".,;:!?\u2026\u061b\u060c\u061f\u06d4\u0964\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f"
PLAIN: Final = rf"[^\s{SIGNS}{STOPS}]+"
WORD: Final = re.compile(rf"([{SIGNS}]|{PLAIN}(?:[{STOPS}]+{PLAIN})*|[{STOPS}]+)(\s*)")
"""A word, or the stops after one, with the space that follows. Stops within 1,200 are part of it.

Chinese and Japanese write no spaces between words: there every sign is one.
"""
EMPTY_LINES: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
SOFT_BREAK: Final = re.compile(r"[ \t]*\n(?![ \t]*(?:[-*+>#]|\d+[.)]))[ \t]*")
"""A line break that markdown reads as a space: what follows is no item, quote or heading."""


class Mark(StrEnum):
    """What happened to some words. The values are the elements of HTML."""

    SAME = ""
    OLD = "del"
    NEW = "ins"


class Run(NamedTuple):
    """Words that stand together and had the same fate."""

    mark: Mark
    words: str


Paragraph = tuple[Run, ...]


class Passage(NamedTuple):
    """Neighbouring paragraphs that stayed, or that did not."""

    changed: bool
    paragraphs: tuple[Paragraph, ...]


class Words(NamedTuple):
    """What is compared."""

    title: str
    addressees: str
    body: str


@dataclass(frozen=True)
class Differences:
    """Two texts in one. Without the runs that are new it is the old text, without the old ones the new."""

    title: Paragraph
    addressees: Paragraph
    body: tuple[Passage, ...]

    @property
    def title_changed(self) -> bool:
        """Whether the title did."""
        return _is_changed(self.title)

    @property
    def addressees_changed(self) -> bool:
        """Whether those to whom it is addressed did."""
        return _is_changed(self.addressees)

    @property
    def any(self) -> bool:
        """Whether a word differs anywhere."""
        return self.title_changed or self.addressees_changed or any(part.changed for part in self.body)


class _Budget:
    """How many steps are left."""

    def __init__(self) -> None:
        self.left = STEPS_MOST

    def allows(self, steps: int) -> bool:
        """Whether so many can be taken. If so they are."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


@lru_cache(maxsize=64)
def between(old: Words, new: Words) -> Differences:
    """Return what changed from one text to the other."""
    budget = _Budget()
    return Differences(
        _paragraph(old.title, new.title, budget),
        _paragraph(old.addressees, new.addressees, budget),
        tuple(
            Passage(changed, tuple(run))
            for changed, run in groupby(_paragraphs(old.body, new.body, budget), key=_is_changed)
        ),
    )


def _is_changed(paragraph: Paragraph) -> bool:
    return any(run.mark != Mark.SAME for run in paragraph)


def _split(body: str) -> list[str]:
    return [SOFT_BREAK.sub(" ", part) for part in EMPTY_LINES.split(body.strip()) if part.strip()]


def _paragraphs(old: str, new: str, budget: _Budget) -> Iterator[Paragraph]:
    before, after = _split(old), _split(new)
    plain = ([" ".join(part.split()) for part in before], [" ".join(part.split()) for part in after])
    for tag, left, end_left, right, end_right in _steps(*plain, budget):
        if tag == "equal":
            yield from ((Run(Mark.SAME, part),) for part in after[right:end_right])
            continue
        for gone, came in _pairs(before[left:end_left], after[right:end_right], budget):
            yield _paragraph(gone, came, budget)


def _paragraph(old: str, new: str, budget: _Budget) -> Paragraph:
    """Return one paragraph with its changes; an empty text for one that is only taken out or put in."""
    before, after = WORD.findall(old.strip()), WORD.findall(new.strip())
    runs: list[Run] = []
    for tag, left, end_left, right, end_right in _steps(
        [word for word, _ in before], [word for word, _ in after], budget
    ):
        if tag == "equal":
            runs += _runs(Mark.SAME, after[right:end_right])
        else:
            # The space before words that are gone is gone with them, where a stop stands there now.
            if end_left > left > 0 < right and not after[right - 1][1]:
                runs.append(Run(Mark.OLD, before[left - 1][1]))
            runs += _runs(Mark.OLD, before[left:end_left]) + _runs(Mark.NEW, after[right:end_right])
    joined = groupby(runs, key=lambda run: run.mark)
    return tuple(Run(mark, "".join(run.words for run in part)) for mark, part in joined)


def _runs(mark: Mark, words: Sequence[tuple[str, str]]) -> list[Run]:
    """Return words as one run. The space after the last of them is not marked."""
    if not words:
        return []
    text, space = "".join(word + gap for word, gap in words), words[-1][1]
    if mark == Mark.SAME or not space:
        return [Run(mark, text)]
    return [Run(mark, text.rstrip()), Run(Mark.SAME, space)]


def _steps(
    old: Sequence[str], new: Sequence[str], budget: _Budget
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what difflib calls opcodes.

    Where they would cost too much, what lies between two ends that are alike is replaced.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    if head:
        yield "equal", 0, head, 0, head
    left, right = old[head : ends[0]], new[head : ends[1]]
    if left and right and budget.allows(_cost(left, right)):
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        for tag, *places in matcher.get_opcodes():
            one, two, three, four = (head + place for place in places)
            yield tag, one, two, three, four
    elif left or right:
        yield "replace", head, ends[0], head, ends[1]
    if tail:
        yield "equal", ends[0], len(old), ends[1], len(new)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many words two texts begin with alike."""
    for place, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return place
    return min(len(old), len(new))


def _cost(old: Sequence[str], new: Sequence[str]) -> int:
    """Return what SequenceMatcher takes at most: for each match it looks at all equal pairs again."""
    many = Counter(new)
    return (len(old) + sum(many[word] for word in old)) * (min(len(old), len(new)) + 1)


def _pairs(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[tuple[str, str]]:
    """Yield the old and the new form of each paragraph, in order; one of them is empty where it has no other.

    Of all ways to join them in order, the one by which they share most words.
    """
    alike = _alikeness(old, new, budget)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)] if alike else []
    for row in reversed(range(len(alike))):
        for column in reversed(range(len(new))):
            joined = alike[row][column] + best[row + 1][column + 1] if alike[row][column] else 0.0
            best[row][column] = max(joined, best[row + 1][column], best[row][column + 1])
    row = column = 0
    while row < len(old) and column < len(new) and alike:
        if best[row][column] == best[row + 1][column]:
            yield old[row], ""
            row += 1
        elif best[row][column] == best[row][column + 1]:
            yield "", new[column]
            column += 1
        else:
            yield old[row], new[column]
            row, column = row + 1, column + 1
    yield from ((part, "") for part in old[row:])
    yield from (("", part) for part in new[column:])


def _alikeness(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[list[float]]:
    """Return which part of their words each two share, 0 for too little; nothing where it costs too much."""
    bags = [[Counter(word for word, _ in WORD.findall(part)) for part in parts] for parts in (old, new)]
    sizes = [[bag.total() for bag in part] for part in bags]
    if not budget.allows(BAG_STEPS * (sum(sizes[0]) * len(new) + sum(sizes[1]) * len(old))):
        return []
    table = []
    for bag, size in zip(bags[0], sizes[0], strict=True):
        shared = [
            2 * (bag & other).total() / (size + many) for other, many in zip(bags[1], sizes[1], strict=True)
        ]
        table.append([part if part >= ALIKE else 0.0 for part in shared])
    return table
