"""What a page at the desk says of a change that may be more than a slip."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.differences import Words
from letters.substance import findings
from letters.substance.findings import Kind

MOST_SHOWN: Final = 20
"""Of a text that was rewritten all of it would be found."""
LABELS: Final[dict[Kind, str | Promise]] = {
    Kind.TITLE: _("The title changes"),
    Kind.ADDRESSEES: _("Whom it is addressed to changes"),
    Kind.NUMBER: _("A number, a date or an amount"),
    Kind.NEGATION: _("A word that says no, or takes something out"),
    Kind.NAME: _("A name, or a word with a capital"),
    Kind.DEMAND: _("A word that asks, allows or forbids"),
    Kind.LINK: _("Where a link leads"),
    Kind.WORD: _("Other words than before"),
    Kind.UNLISTED: _("A changed word, in a language of which this site knows no words"),
}


class Found(NamedTuple):
    """One line of the list: what it is, what stood there, what stands there now."""

    label: str | Promise
    old: str
    new: str


def found(*, old: Words, new: Words, language: str) -> tuple[Found, ...]:
    """Return what a second person would have to look at, at most so many lines."""
    all_found = findings.find(old=old, new=new, language=language)[:MOST_SHOWN]
    return tuple(Found(LABELS[one.kind], one.old, one.new) for one in all_found)
