"""Where somebody is logged in."""

from __future__ import annotations

from datetime import datetime

from letters.models import Session, User


def of(*, user: User, at: datetime) -> list[Session]:
    """Return the sessions of a person, the latest first, without what they hold."""
    rows = Session.objects.open(at=at).filter(user=user).defer("session_data")
    return list(rows.order_by("-began_at", "-expire_date"))
