"""The letter that an address names, or the problem that says why there is none."""

from __future__ import annotations

from datetime import datetime

from letters.api import moments, problems
from letters.enums import LetterStatus
from letters.models import Letter
from letters.queries import letters
from letters.queries.letters import PublicLetter


def letter(*, slug: str, at: datetime, language: str = "") -> PublicLetter:
    """Return a letter with its text, in this language if there is one in it. Raises a problem."""
    found = letters.find(slug=slug, at=at, language=language)
    if found is None:
        raise _absent(letters.with_number(slug=slug))
    return found


def number(*, slug: str) -> Letter:
    """Return a letter with its number alone, in one statement. Raises a problem."""
    one = letters.with_number(slug=slug)
    if one is None or one.status == LetterStatus.WITHDRAWN:
        raise _absent(one)
    return one


def _absent(one: Letter | None) -> problems.Problem:
    if one is None or one.withdrawn_at is None:
        return problems.Problem(problems.NOT_FOUND)
    return problems.Problem(
        problems.GONE, withdrawn_at=moments.iso(one.withdrawn_at), reason=one.withdrawn_reason
    )
