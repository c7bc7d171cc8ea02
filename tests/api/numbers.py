"""Known numbers, as a seal would have left them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from letters.models import Letter, Tally
from tests import builders

AS_OF = datetime(2026, 3, 14, 20, 40, tzinfo=UTC)
PARTS: dict[str, Any] = {
    "as_of": AS_OF,
    "revision": 7,
    "signed": 12_611,
    "withdrawn": 203,
    "count": 12_408,
    "persons": 12_361,
    "organizations": 47,
    "public": 9_871,
    "private": 2_537,
    "erased_counted": 12,
    "offline": 310,
    "by_email": 11_000,
    "by_institution": 1_000,
    "by_orcid": 300,
    "by_openid": 100,
    "by_checked": 8,
}


def known(slug: str = "night-trains", **fields: Any) -> Letter:
    """A letter in Brussels' time that opened before AS_OF, with the numbers above."""
    opened = datetime(2026, 2, 13, 8, 0, tzinfo=UTC)
    letter = builders.letter(slug, at=opened, **{"time_zone": "Europe/Brussels", **fields})
    Tally.objects.filter(letter=letter).update(**PARTS)
    return letter


def counted(slug: str, count: int, *, at: datetime | None = None, **fields: Any) -> Letter:
    """An open letter with so many signatures."""
    letter = builders.letter(slug, at=at or timezone.now() - timedelta(hours=1), **fields)
    parts = dict.fromkeys(("signed", "count", "persons", "public", "by_email"), count)
    Tally.objects.filter(letter=letter).update(**parts)
    return letter
