"""People who work at the desk."""

from __future__ import annotations

from datetime import datetime

from letters import durable
from letters.enums import EventName
from letters.models import User
from letters.records import events, logins


def create_organizer(*, email: str, password: str, at: datetime) -> User | None:
    """Make the first person of the platform, or return None when the address has a login already."""
    with durable.commit():
        if User.objects.filter(email=User.objects.normalize_email(email)).exists():
            return None
        user = logins.make(email=email, password=password, operator=True, at=at)
        events.record(name=EventName.USER_CREATED, subject=f"user:{user.pk}", by=events.SYSTEM, at=at)
    return user
