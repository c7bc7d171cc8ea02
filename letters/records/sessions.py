"""Ending sessions, wherever they are open."""

from __future__ import annotations

from letters import durable
from letters.models import Session, User


def end(*, user: User, keep: str = "") -> int:
    """Log somebody out everywhere but in the session with the key `keep`; return of how many."""
    durable.demand()
    return Session.objects.filter(user=user).exclude(session_key=keep).delete()[0]
