"""Cleaning what people type into one line, in any script.

Of what stands beside other names nothing is silently changed but spaces and Unicode composition
(NFC); what cannot be shown safely there is refused with a sentence that says why.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from letters import limits

# Joiners are part of ordinary names in Persian, Hindi and other languages.
JOINERS: Final = frozenset("\u200c\u200d")
# A link begins with a scheme or www, or looks like a host with a well-known ending.
LINK: Final = re.compile(
    r"(?:https?|ftp)\s*:|://|\bwww\.|\b[\w-]+\."
    r"(?:com|net|org|info|io|co|ru|cn|xyz|top|site|online|shop|biz|app|dev|click|link|live|page|icu|vip)\b",
    re.IGNORECASE,
)
# A name also stands in a mail to somebody who did not ask for it, and mail programs make links of
# a host with a path or a port, and of addresses. A role may look like it: B.Sc/M.Sc.
LINK_IN_A_MAIL: Final = re.compile(r"\w@\w|\b[\w-]+\.[^\W\d_]{2,}[/:]\S")
LOST: Final = "\N{REPLACEMENT CHARACTER}"  # what a decoder writes for bytes that it could not read
NO_LINK: Final = _("Remove the link. Only words appear beside a signature.")
SPACES: Final = re.compile(r"\s+")


def one_line(value: str) -> str:
    """Return `value` in NFC with single spaces, or raise ValidationError for hostile characters."""
    cleaned = SPACES.sub(" ", unicodedata.normalize("NFC", value)).strip()
    _refuse_invisible(cleaned)
    _refuse_stacked_marks(cleaned)
    if LINK.search(cleaned):
        raise ValidationError(NO_LINK, code="link")
    return cleaned


def person_name(value: str) -> str:
    """Return a name as `one_line` does; it must hold at least one letter."""
    cleaned = one_line(value)
    if LINK_IN_A_MAIL.search(cleaned):
        raise ValidationError(NO_LINK, code="link")
    if cleaned and not any(unicodedata.category(char).startswith("L") for char in cleaned):
        raise ValidationError(_("Enter your name in letters."), code="letters")
    return cleaned


def shown(value: str) -> str:
    """Return what can be shown of `value`, on one line: for what a page repeats and nobody publishes."""
    visible = (char if char.isprintable() or char in JOINERS else " " for char in value)
    return " ".join("".join(visible).split())


def _refuse_invisible(value: str) -> None:
    for char in value:
        # Cc control, Cf format (bidi controls among them), Cs surrogate, Co private use, Cn unassigned
        hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char not in JOINERS
        if hidden or char == LOST:
            raise ValidationError(
                _(
                    "Remove the character %(code)s, which cannot be shown. "
                    "It may have come with a copied text."
                ),
                code="invisible",
                params={"code": f"U+{ord(char):04X}"},
            )


def _refuse_stacked_marks(value: str) -> None:
    run = 0
    for char in value:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if run > limits.STACKED_MARKS_MAX:
            raise ValidationError(
                _("Remove the marks that are stacked on one letter."), code="marks", params={"char": char}
            )
