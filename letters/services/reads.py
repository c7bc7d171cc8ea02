"""Readings: that somebody at the desk is about to see private rows is written down first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from letters import durable, limits
from letters.enums import EventName
from letters.models import User
from letters.records import events

# An event for each letter, unless the same person saw the same kind of page of it just before. The
# subject is the letter: who was looked at is nobody's business, least of all for good.
NOTE: Final = """
INSERT INTO letters_event (at, name, subject, actor, letter, data)
SELECT %(at)s, %(name)s, letter.public_id, %(by)s, '', %(data)s::jsonb
FROM letters_letter AS letter WHERE letter.id = ANY(%(letters)s) AND NOT EXISTS (
SELECT FROM letters_event AS known WHERE known.actor = %(by)s AND known.subject = letter.public_id
AND known.at > %(since)s AND known.name = %(name)s AND known.data = %(data)s::jsonb)
"""


def note(*, name: EventName, page: str, letters: Iterable[int], by: User, at: datetime) -> None:
    """Record that somebody is shown private rows of these letters, once in some minutes for each.

    `page` is the kind of page. It is a transaction of its own, on disk when this returns.
    """
    values: dict[str, Any] = {
        "at": at,
        "name": name.value,
        "by": events.actor(by),
        "data": json.dumps({"page": page}),
        "letters": sorted(set(letters)),
        "since": at - limits.READ_AGAIN_AFTER,
    }
    with durable.statement() as cursor:
        cursor.execute(NOTE, values)
