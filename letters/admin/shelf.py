"""Letters with their titles, texts and numbers, as the lists of the desk read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)

from letters.models import Letter, LetterText

TEXTS: Final = LetterText.objects.order_by("-version", "-authoritative", "language")


def found(letters: QuerySet[Letter], *, words: str) -> QuerySet[Letter]:
    """Return the letters with each of these words in the address or in a title that can be read."""
    readable = LetterText.objects.filter(letter=OuterRef("pk"), withholding=None)
    for word in words.split():
        titled = Exists(readable.filter(title__icontains=word))
        letters = letters.filter(titled | Q(slug__icontains=word))
    return letters


def named(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Return the letters with `newest_title`, the title of their newest text that can be read."""
    readable = TEXTS.filter(letter=OuterRef("pk"), withholding=None)
    return letters.annotate(newest_title=Subquery(readable.values("title")[:1]))


def titled(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Return the letters that `named` returns, with their number and `texts`."""
    written = TEXTS.annotate(has_body=ExpressionWrapper(Q(body__regex=r"\S"), BooleanField())).defer("body")
    known = Prefetch("texts", written, to_attr="known_texts")
    return named(letters).select_related("organization", "tally").prefetch_related(known)


def texts(letter: Letter) -> list[LetterText]:
    """Return the texts of a letter that `titled` found, without their bodies: see `newest`."""
    return newest(getattr(letter, "known_texts", []))


def newest(texts: Sequence[LetterText]) -> list[LetterText]:
    """Return those of the version in force or in work, the binding one first, and all drafts."""
    return [text for text in texts if text.version == texts[0].version or text.published_at is None]


def title(letter: Letter) -> str:
    """Return the title of a letter that `named` returned, or its address while it has none."""
    return str(getattr(letter, "newest_title", None) or letter.slug)


def count(letter: Letter) -> int | None:
    """Return the published number, or None for a draft."""
    return letter.tally.count if hasattr(letter, "tally") else None
