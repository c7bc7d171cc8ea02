"""Share cards: which are to be drawn, and which picture is whose."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from letters.cards import DESIGN
from letters.models import Card, Letter, LetterText


def due(*, most: int) -> list[int]:
    """Return the texts that readers may see and whose card is missing or out of date, newest first."""
    return list(_due().order_by("-published_at", "-pk").values_list("pk", flat=True)[:most])


def to_draw(*, text_id: int) -> LetterText | None:
    """Return a text with its letter and organization, or None if its card is drawn by now."""
    return _due().select_related("letter__organization").filter(pk=text_id).first()


def picture(*, slug: str, digest: str) -> Card | None:
    """Return the card of a letter that may be read, by the digest in its address."""
    letters = Letter.objects.public().filter(slug=slug)
    return (
        Card.objects.exclude(file="")
        .filter(text__letter__in=letters, text__withholding=None, digest=digest)
        .first()
    )


def withheld(*, letter: Letter) -> list[Card]:
    """Return the cards of a letter's texts that are withheld by order of law."""
    return list(Card.objects.filter(text__letter=letter, text__withholding__isnull=False))


def _due() -> QuerySet[LetterText]:
    texts = LetterText.objects.filter(letter__in=Letter.objects.public(), withholding=None)
    texts = texts.exclude(published_at=None)
    home = "letter__organization"
    as_now = Q(card__organization=F(f"{home}__name"), card__accent=F(f"{home}__accent"))
    return texts.filter(Q(card=None) | ~as_now | Q(card__design__lt=DESIGN))
