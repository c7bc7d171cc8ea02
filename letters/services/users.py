"""People who work at the desk."""

from __future__ import annotations

from datetime import datetime

from letters import durable
from letters.enums import EventName, MessageKind
from letters.models import User
from letters.records import events, logins, outbox, sessions


def create_organizer(*, email: str, password: str, at: datetime) -> User | None:
    """Make the first person of the platform, or return None when the address has a login already."""
    with durable.commit():
        if User.objects.filter(email=User.objects.normalize_email(email)).exists():
            return None
        user = logins.make(email=email, password=password, operator=True, at=at)
        events.record(name=EventName.USER_CREATED, subject=events.actor(user), by=events.SYSTEM, at=at)
    return user


def change(*, user: User, by: User | None, at: datetime) -> User:
    """Store another name, or whether somebody may log in at all. Who may not is logged out everywhere."""
    with durable.commit():
        was_active = User.objects.select_for_update().get(pk=user.pk).is_active
        user.save(update_fields=("name", "is_active"))
        name = EventName.USER_CHANGED
        if user.is_active != was_active:
            name = EventName.USER_OPENED if user.is_active else EventName.USER_CLOSED
        if not user.is_active:
            sessions.end(user=user)
        events.record(name=name, subject=events.actor(user), by=events.actor(by), at=at)
    return user


def change_password(*, user: User, by: User | None, at: datetime, keep: str = "") -> User:
    """Store the password that was set on `user`; only the session with the key `keep` stays open.

    Its owner is told by mail, whoever set it.
    """
    with durable.commit():
        user.save(update_fields=("password",))
        sessions.end(user=user, keep=keep)
        name, subject = EventName.PASSWORD_CHANGED, events.actor(user)
        event = events.record(name=name, subject=subject, by=events.actor(by), at=at)
        outbox.of_login(kind=MessageKind.LOGIN_CHANGED, about=event, at=at)
    return user
