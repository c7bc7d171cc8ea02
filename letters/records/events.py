"""Writing the audit trail."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from django.db import connection

from letters import durable
from letters.enums import EventName
from letters.models import Approval, User

SYSTEM: Final = "system"
SIGNATORY: Final = "signatory"
READER: Final = "reader"
# One for each confirmation: the ORM takes longer to write this than PostgreSQL to do it.
INSERT: Final = """
INSERT INTO letters_event (at, name, subject, actor, letter, data) VALUES (%s, %s, %s, %s, %s, %s)
RETURNING id
"""


def actor(user: User | None) -> str:
    """Return how a user stands in the trail: an id that means nothing outside."""
    return f"user:{user.pk}" if user else SYSTEM


def person(*, code: str) -> int:
    """Return the number of the user whom `actor` named so, and 0 for anybody else."""
    kind, _colon, number = code.partition(":")
    return int(number) if kind == "user" and number.isdecimal() else 0


def record(
    *,
    name: EventName,
    subject: object,
    by: str,
    at: datetime,
    letter: str = "",
    data: dict[str, str | int] | None = None,
) -> int:
    """Add one event to the caller's transaction, and return its number.

    `letter` is the public id of the letter that it belongs to, for what people at the desk do with
    something that does not name it: so their organization finds it.
    """
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [at, name, str(subject), by, letter, json.dumps(data or {})])
        number: int = cursor.fetchone()[0]
    return number


def of_approval(*, name: EventName, approval: Approval, by: str, at: datetime) -> dict[str, str | int]:
    """Add the event of a question for a second person, or of its answer; return what it says of it."""
    said: dict[str, str | int] = {"approval": approval.pk, "kind": approval.kind}
    record(name=name, subject=approval.subject, by=by, at=at, data=said)
    return said
