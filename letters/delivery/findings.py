"""What a check has found, in plain words."""

from __future__ import annotations

from collections import Counter
from typing import Final

MOST_ALIKE: Final = 10  # of a million wrong rows nobody reads the eleventh


class Findings:
    """What differs; of many alike the first ten, and how many there are."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._alike: Counter[str] = Counter()

    def add(self, about: str, words: str) -> None:
        """Take one; `about` names what it is like."""
        self._alike[about] += 1
        if self._alike[about] <= MOST_ALIKE:
            self._lines.append(f"{about}: {words}")

    def need(self, about: str, words: str, *, same: bool) -> None:
        """Take one unless two things are the same."""
        if not same:
            self.add(about, words)

    def lines(self) -> list[str]:
        """Return all of it."""
        more = {about: many - MOST_ALIKE for about, many in self._alike.items() if many > MOST_ALIKE}
        return [*self._lines, *(f"{about}: {many:,} more" for about, many in more.items())]
