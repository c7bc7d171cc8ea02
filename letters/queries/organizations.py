"""Organizations as readers see them."""

from __future__ import annotations

from datetime import datetime

from letters.models import Letter, Organization


def find(*, slug: str) -> Organization | None:
    """Return the approved organization at this address, or None."""
    return Organization.objects.filter(slug=slug).exclude(approved_at=None).first()


def opened(*, organization: Organization, at: datetime) -> int:
    """Return how many letters of an organization have opened."""
    return Letter.objects.public().filter(organization=organization, opens_at__lte=at).count()


def wearing(*, slug: str) -> Organization | None:
    """Return the organization whose look is asked for, approved or not: a preview of its letters shows it."""
    return Organization.objects.filter(slug=slug).first()
