"""What several forms of the desk ask for: the words of a letter, lines, and moments."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Prefetch, prefetch_related_objects

from letters import text
from letters.models import Letter, LetterText

WORDS: Final = ("title", "addressees", "body")


class OneLine(forms.CharField):
    """Words that others read on a page or in a mail: one line, without what cannot be shown safely."""

    widget = AdminTextInputWidget

    def clean(self, value: Any) -> str:
        """Return them with single spaces."""
        return text.one_line(super().clean(value))


class MomentInput(forms.DateTimeInput):
    """One field that browsers and phones fill in with their own calendar and clock, without script."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


def texts_of(letter: Letter) -> list[LetterText]:
    """Return all texts of a letter, the newest and binding one first. One row reads them once."""
    ordered = LetterText.objects.order_by("-version", "-authoritative", "language")
    prefetch_related_objects([letter], Prefetch("texts", ordered))
    return list(letter.texts.all())


def newest_text(letter: Letter) -> LetterText | None:
    """Return the text that readers see, or will see."""
    return next(iter(texts_of(letter)), None)
