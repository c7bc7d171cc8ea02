"""The points of a letter's chart, moved with its tally."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from letters import durable
from letters.enums import Interval

POINT: Final = """
INSERT INTO letters_tallypoint (letter_id, interval, start, new, withdrawn, removed, total)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (letter_id, interval, start) DO UPDATE SET new = letters_tallypoint.new + EXCLUDED.new,
withdrawn = letters_tallypoint.withdrawn + EXCLUDED.withdrawn,
removed = letters_tallypoint.removed + EXCLUDED.removed, total = EXCLUDED.total
"""


def plot(*, letter_id: int, as_of: datetime, new: int, withdrawn: int, removed: int, total: int) -> None:
    """Add the steps of one tally to its hour and its day, which end where it stands."""
    durable.demand()
    hour = as_of.replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        for interval, start in ((Interval.HOUR, hour), (Interval.DAY, hour.replace(hour=0))):
            cursor.execute(POINT, [letter_id, interval, start, new, withdrawn, removed, total])
