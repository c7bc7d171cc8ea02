"""Writing the audit trail."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from django.db import connection

from letters import durable
from letters.enums import EventName
from letters.models import User

SYSTEM: Final = "system"
SIGNATORY: Final = "signatory"
READER: Final = "reader"
# One for each confirmation: the ORM takes longer to write this than PostgreSQL to do it.
INSERT: Final = "INSERT INTO letters_event (at, name, subject, actor, data) VALUES (%s, %s, %s, %s, %s)"


def actor(user: User | None) -> str:
    """Return how a user stands in the trail: an id that means nothing outside."""
    return f"user:{user.pk}" if user else SYSTEM


def record(
    *, name: EventName, subject: object, by: str, at: datetime, data: dict[str, str | int] | None = None
) -> None:
    """Add one event to the caller's transaction."""
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [at, name, str(subject), by, json.dumps(data or {})])
