"""What is said of an address: what it is for, its answer, and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from letters.api import problems
from letters.api.problems import Kind
from letters.api.shapes.kinds import Anything, Record

ALWAYS: Final = (
    problems.INVALID_PARAMETER,
    problems.METHOD_NOT_ALLOWED,
    problems.NOT_ACCEPTABLE,
    problems.PRECONDITION_FAILED,
    problems.RATE_LIMITED,
    problems.SERVER_ERROR,
    problems.UNAVAILABLE,
)
"""What may go wrong at every address."""
OF_A_LETTER: Final = (problems.NOT_FOUND, problems.GONE)
"""What may go wrong where an address names a letter."""


class Group(StrEnum):
    """The chapters of the reference."""

    LETTERS = "Letters"
    NUMBERS = "Numbers"
    LEDGER = "Ledger"
    ABOUT = "About the API"


@dataclass(frozen=True)
class Operation:
    """One address: `name` is unique and permanent, `says` is Markdown."""

    name: str
    group: Group
    summary: str
    says: str
    answer: Record | Anything
    words: Mapping[str, str] = field(default_factory=dict)
    """What a parameter means here, where that is not what it means everywhere."""
    forms: Mapping[str, str] = field(default_factory=dict)
    """Other forms of the answer, each with an example: the address says which."""
    headers: Sequence[str] = ()
    """Headers of the answer beside those that every answer has."""
    problems: Sequence[Kind] = ()

    @property
    def all_problems(self) -> list[Kind]:
        """Everything that may go wrong here, by status."""
        return sorted((*ALWAYS, *self.problems), key=lambda kind: kind.status)
