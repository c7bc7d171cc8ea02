"""Links for the press, as the desk lists them and as their recipients find them."""

from __future__ import annotations

from uuid import UUID

from letters.enums import LetterStatus
from letters.models import Letter, PressLink


def links(*, letter: Letter) -> list[PressLink]:
    """Return the links of a letter, the newest first, those that show nothing any more, too."""
    rows = PressLink.objects.filter(letter=letter).select_related("made_by")
    return list(rows.order_by("-made_at", "-pk"))


def find(*, uid: UUID) -> PressLink | None:
    """Return a link with its letter and whose that is, or None."""
    return PressLink.objects.select_related("letter__organization").filter(uid=uid).first()


def languages(*, letter: Letter) -> list[str]:
    """Return the languages in which its recipient can read a letter, the binding one first."""
    texts = letter.texts.filter(published_at__isnull=letter.status == LetterStatus.DRAFT)
    return list(texts.order_by("-authoritative", "language").values_list("language", flat=True))
