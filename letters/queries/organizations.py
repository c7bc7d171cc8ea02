"""Organizations as readers see them."""

from __future__ import annotations

from letters.models import Organization


def find(*, slug: str) -> Organization | None:
    """Return the approved organization at this address, or None."""
    return Organization.objects.filter(slug=slug).exclude(approved_at=None).first()


def wearing(*, slug: str) -> Organization | None:
    """Return the organization whose look is asked for, approved or not: a preview of its letters shows it."""
    return Organization.objects.filter(slug=slug).first()
