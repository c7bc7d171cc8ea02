"""What became of tries to log in. Which of them succeed is not stored."""

from __future__ import annotations

from datetime import datetime

from letters import durable
from letters.enums import EventName
from letters.models import User
from letters.records import events

NOBODY = "login"
"""How events name an address that opens nothing: it is not stored."""


def lock(*, user: User | None, way: str, at: datetime) -> None:
    """Record that too many tries locked a way to log in, for the person whose it is or for nobody."""
    with durable.commit():
        subject = events.actor(user) if user else NOBODY
        events.record(
            name=EventName.LOGIN_LOCKED, subject=subject, by=events.SYSTEM, at=at, data={"way": way}
        )
