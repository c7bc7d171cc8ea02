"""What of a draft somebody has read as its page will appear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from letters.models import Letter, LetterText, Reading, User
from letters.models.reading import shown


@dataclass(frozen=True)
class Language:
    """One language of a draft, and who read it as it stands, if anybody has."""

    code: str
    current: bool
    read: bool
    read_by: User | None = None
    read_at: datetime | None = None


def digest(*, text: LetterText) -> bytes:
    """Return what names all that is shown of a draft in the language of this text."""
    return shown(letter=text.letter, text=text)


def languages(*, letter: Letter, current: str) -> list[Language]:
    """Return the languages of a draft, the binding one first. `current` is the one that is looked at."""
    readings = Reading.objects.filter(letter=letter).select_related("read_by")
    known = {one.language: one for one in readings}
    texts = letter.texts.filter(published_at=None).order_by("-authoritative", "language")
    return [_language(letter, text, known.get(text.language), current) for text in texts]


def _language(letter: Letter, text: LetterText, reading: Reading | None, current: str) -> Language:
    is_current = text.language == current
    if reading is None or bytes(reading.digest) != shown(letter=letter, text=text):
        return Language(text.language, is_current, read=False)
    return Language(text.language, is_current, True, reading.read_by, reading.read_at)
