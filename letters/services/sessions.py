"""Logging oneself out elsewhere."""

from __future__ import annotations

from datetime import datetime

from letters import durable, limits
from letters.enums import EventName
from letters.models import Session, User
from letters.records import events, sessions


def end(*, user: User, handle: str, at: datetime) -> bool:
    """End one session of a person, and tell whether there was such a one."""
    with durable.commit():
        rows = Session.objects.filter(user=user).defer("session_data").select_for_update()
        found = next((row for row in rows if row.handle == handle), None)
        if found is None:
            return False
        found.delete()
        _record(user, 1, at)
    return True


def end_others(*, user: User, keep: str, at: datetime) -> int:
    """End all sessions of a person but the one with this key; return how many there were."""
    with durable.commit():
        ended = sessions.end(user=user, keep=keep)
        if ended:
            _record(user, ended, at)
    return ended


def forget(*, at: datetime) -> int:
    """Delete sessions that are over; return how many, a bounded number."""
    with durable.commit():
        old = Session.objects.filter(expire_date__lte=at)
        keys = list(old.values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        return Session.objects.filter(pk__in=keys).delete()[0]


def _record(user: User, ended: int, at: datetime) -> None:
    by = events.actor(user)
    events.record(name=EventName.SESSION_ENDED, subject=by, by=by, at=at, data={"sessions": ended})
