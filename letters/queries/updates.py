"""Updates as readers see them: published, the newest first."""

from __future__ import annotations

from django.db.models import QuerySet

from letters.models import Letter, Update


def of(*, letter: Letter) -> QuerySet[Update]:
    """Return the updates of a letter. A list of them can go on below a number: `number__lt`."""
    return Update.objects.filter(letter=letter, number__gt=0).order_by("-number")


def find(*, letter: Letter, number: int) -> Update | None:
    """Return one update of a letter, or None where it has none of this number."""
    return of(letter=letter).filter(number=number).first()


def newest(*, letter: Letter) -> Update | None:
    """Return the last update of a letter, or None where it has none."""
    return of(letter=letter).first()
