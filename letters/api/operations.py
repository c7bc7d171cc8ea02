"""What is said of an address: what it is for, its answer, and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from letters.api import problems
from letters.api.problems import Kind
from letters.api.shapes.kinds import Anything, File, Record

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
OF_FORMS: Final = (problems.NOT_ACCEPTABLE,)
"""What may go wrong only where an answer has a form that the reader may not want."""
OF_A_LETTER: Final = (problems.NOT_FOUND, problems.GONE)
"""What may go wrong where an address names a letter."""


class Group(StrEnum):
    """The chapters of the reference."""

    LETTERS = "Letters"
    NUMBERS = "Numbers"
    FILES = "Files"
    LEDGER = "Ledger"
    ABOUT = "About the API"


@dataclass(frozen=True)
class Operation:
    """One address: `name` is unique and permanent, `says` is Markdown."""

    name: str
    group: Group
    summary: str
    says: str
    answer: Record | Anything | File
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
        kinds = (kind for kind in (*ALWAYS, *self.problems) if not (self.is_file and kind in OF_FORMS))
        return sorted(kinds, key=lambda kind: kind.status)

    @property
    def is_file(self) -> bool:
        """Whether the address ends with the name of a file, and so takes every reader."""
        return isinstance(self.answer, File)
