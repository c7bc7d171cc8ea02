"""Which pages search engines are told of."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, Max, OuterRef

from letters.models import Letter, LetterText, Organization


def texts(*, at: datetime, most: int) -> list[LetterText]:
    """Return the texts in force of each letter that has opened, with their letters, the newest first."""
    opened = Letter.objects.public().filter(opens_at__lte=at)
    published = LetterText.objects.filter(published_at__isnull=False)
    newer = published.filter(letter=OuterRef("letter"), version__gt=OuterRef("version"))
    shown = published.filter(~Exists(newer), letter__in=opened).select_related("letter").defer("body")
    return list(shown.order_by("-letter__published_at", "-letter", "number")[:most])


def organizations(*, at: datetime, most: int) -> list[tuple[str, datetime]]:
    """Return each approved organization with a letter that has opened, and when one of them changed."""
    opened = Letter.objects.public().filter(opens_at__lte=at)
    found = Organization.objects.filter(approved_at__isnull=False, letters__in=opened)
    return list(
        found.annotate(changed_at=Max("letters__changed_at")).values_list("slug", "changed_at")[:most]
    )
