"""What became of tries to log in. Which of them succeed is not stored."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from letters import durable
from letters.enums import EventName, MessageKind
from letters.models import User
from letters.records import events, outbox

NOBODY: Final = "login"
"""How events name an address that opens nothing: it is not stored."""


def mail_code(*, email: str, uid: UUID, at: datetime) -> None:
    """Send a code to an address, if it has a login. It is derived from `uid`, and stored nowhere."""
    _mail(MessageKind.LOGIN_CODE, email, uid, at)


def mail_password_link(*, email: str, at: datetime) -> None:
    """Send a link to an address under which its login gets a new password, if it has one."""
    _mail(MessageKind.PASSWORD, email, uuid4(), at)


def lock(*, user: User | None, way: str, at: datetime) -> None:
    """Record that too many tries locked a way to log in, for the person whose it is or for nobody."""
    with durable.commit():
        subject = events.actor(user) if user else NOBODY
        events.record(
            name=EventName.LOGIN_LOCKED, subject=subject, by=events.SYSTEM, at=at, data={"way": way}
        )


def _mail(kind: MessageKind, email: str, uid: UUID, at: datetime) -> None:
    with durable.commit():
        outbox.of_login(kind=kind, uid=uid, recipient=User.objects.normalize_email(email), at=at)
