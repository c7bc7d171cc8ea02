"""The words beside the form that people agree to, each version under its number.

A signature stores the number. Whoever changes any of these words, or what they promise, adds a
version and leaves the old ones as they were agreed to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.enums import Visibility

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True)
class Consent:
    """What stood beside the form since a day: a question with its answers, a notice, and a box to tick."""

    number: int
    since: date
    question: Words
    answers: tuple[tuple[str, Words], ...]
    """What is stored, and what it is called."""
    notice: Words
    updates: Words
    days: int
    """How long addresses are kept after closing."""

    def notice_of(self, legal_name: str) -> str:
        """Return the notice with who is responsible for the data."""
        return str(self.notice) % {"legal_name": legal_name, "days": self.days}


VERSIONS: Final = (
    Consent(
        number=1,
        since=date(2026, 11, 25),
        question=_("Who sees your name"),
        answers=tuple(Visibility.choices),
        notice=_(
            "Signing shows a political opinion. %(legal_name)s is responsible for your data. Your email "
            "address is deleted %(days)s days after the letter closes, unless you still want emails "
            "about it then."
        ),
        updates=_("Email me when something happens with this letter"),
        days=limits.KEPT_AFTER_CLOSING.days,
    ),
)
CURRENT: Final = VERSIONS[-1]
