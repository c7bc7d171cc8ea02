"""The words beside the form that people agree to, each version under its number.

A signature stores the number. Whoever changes any of these words, or what they promise, adds a
version and leaves the old ones as they were agreed to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.enums import Recipients, Visibility

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
    given_to: tuple[tuple[str, Words], ...] = ()
    """What is stored of who else gets the data, and how the notice says it."""

    def notice_of(self, legal_name: str, *, recipients: str = "", until: str = "") -> str:
        """Return the notice with who is responsible for the data, who else gets it, and until which day."""
        said = {"legal_name": legal_name, "recipients": recipients, "until": until, "days": self.days}
        return str(self.notice) % said

    def recipients(self, choice: str, named: str) -> str:
        """Return how the notice calls those who get the data: by what was chosen, or by their names."""
        words = dict(self.given_to)
        return str(words[choice]) if choice in words else named.strip().rstrip(".")


FIRST: Final = Consent(
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
)
"""Of letters that say neither who gets the data nor until which day."""
CURRENT: Final = replace(
    FIRST,
    number=2,
    since=date(2026, 11, 26),
    notice=_(
        "Signing shows a political opinion. %(legal_name)s is responsible for your data, and this site keeps "
        "it for them. Who else gets it: %(recipients)s. Your email address is deleted %(days)s days after "
        "the letter closes, by %(until)s at the latest, unless you still want emails about it then."
    ),
    given_to=(
        (Recipients.NOBODY.value, _("nobody")),
        (
            Recipients.ADDRESSEES.value,
            _("those to whom the letter is addressed, without email addresses"),
        ),
    ),
)
VERSIONS: Final = (FIRST, CURRENT)
