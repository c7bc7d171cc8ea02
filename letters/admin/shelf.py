"""The letters as the home of the desk lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from letters.admin.moments import written
from letters.enums import SIGNABLE_PHASES, Phase
from letters.models import Letter, LetterText

MOST: Final = 10


@dataclass(frozen=True)
class Row:
    """One letter in a line."""

    pk: int
    title: str
    organization: str
    phase: Phase
    label: str | Promise
    count: int | None
    next: str


def titled(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Return the letters with `newest_title`, the title of their newest text, their number and `texts`."""
    texts = LetterText.objects.order_by("-version", "-authoritative", "language")
    written = texts.annotate(has_body=ExpressionWrapper(Q(body__regex=r"\S"), BooleanField())).defer("body")
    return (
        letters.select_related("organization", "tally")
        .prefetch_related(Prefetch("texts", written, to_attr="known_texts"))
        .annotate(newest_title=Subquery(texts.filter(letter=OuterRef("pk")).values("title")[:1]))
    )


def texts(letter: Letter) -> list[LetterText]:
    """Return the texts of a letter that `titled` found, without their bodies: see `newest`."""
    return newest(getattr(letter, "known_texts", []))


def newest(texts: Sequence[LetterText]) -> list[LetterText]:
    """Return those of the version in force or in work, the binding one first, and all drafts."""
    return [text for text in texts if text.version == texts[0].version or text.published_at is None]


def title(letter: Letter) -> str:
    """Return the title of a letter that `titled` found, or its address while it has none."""
    return str(getattr(letter, "newest_title", None) or letter.slug)


def count(letter: Letter) -> int | None:
    """Return the published number, or None for a draft."""
    return letter.tally.count if hasattr(letter, "tally") else None


def rows(letters: QuerySet[Letter], *, at: datetime) -> list[Row]:
    """Return the newest of the letters that `titled` found, drafts first."""
    return [_row(letter, at) for letter in letters[:MOST]]


def _row(letter: Letter, at: datetime) -> Row:
    phase = letter.phase(at=at)
    return Row(
        pk=letter.pk,
        title=title(letter),
        organization=letter.organization.name,
        phase=phase,
        label=phase.label,
        count=count(letter),
        next=_next(letter, phase),
    )


def _next(letter: Letter, phase: Phase) -> str:
    if phase == Phase.SCHEDULED and letter.opens_at:
        return _("Opens %(moment)s") % {"moment": written(letter.opens_at)}
    if phase in SIGNABLE_PHASES and letter.closes_at:
        return _("Closes %(moment)s") % {"moment": written(letter.closes_at)}
    return ""
