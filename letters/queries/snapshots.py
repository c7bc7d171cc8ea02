"""The daily records of letters: those that are due, and the one that says how a day ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from letters import limits
from letters.models import Checkpoint, Correction, Letter, Snapshot

DAY: Final = timedelta(days=1)
# What lies between two states of a ledger ends with one tally. After a restore of the database it may
# hold many, of which only the last is known: what these days ended with cannot be told any more.
WHOLE: Final = """
(after.size IS NULL OR 1 = (
SELECT count(*) FROM letters_leaf AS leaf WHERE leaf.letter_id = tally.letter_id
AND leaf.index >= before.size AND leaf.index < after.size
AND convert_from(leaf.data, 'UTF8')::jsonb->>'t' = 'tally'))
"""
# A day on which nothing was sealed gets a record only while the letter is open, and once a later tally
# is there: a closed letter stays as it was, and of a ledger that stands still nobody knows why.
DUE: Final = f"""
SELECT tally.letter_id, day.day::date
FROM letters_tally AS tally
CROSS JOIN LATERAL (SELECT COALESCE(
(SELECT max(day) + 1 FROM letters_snapshot AS snapshot WHERE snapshot.letter_id = tally.letter_id),
(SELECT min(at AT TIME ZONE 'UTC')::date FROM letters_checkpoint AS checkpoint
WHERE checkpoint.letter_id = tally.letter_id)) AS day) AS first
CROSS JOIN LATERAL generate_series(
first.day, LEAST(%(last)s, (tally.as_of AT TIME ZONE 'UTC')::date), interval '1 day') AS day
CROSS JOIN LATERAL (SELECT (day.day + interval '1 day') AT TIME ZONE 'UTC' AS ends) AS moment
CROSS JOIN LATERAL (
SELECT size, at, closed FROM letters_checkpoint AS checkpoint WHERE checkpoint.letter_id = tally.letter_id
AND checkpoint.at < moment.ends ORDER BY checkpoint.at DESC LIMIT 1) AS before
LEFT JOIN LATERAL (
SELECT size FROM letters_checkpoint AS checkpoint WHERE checkpoint.letter_id = tally.letter_id
AND checkpoint.at >= moment.ends ORDER BY checkpoint.at LIMIT 1) AS after ON true
WHERE (before.at >= moment.ends - interval '1 day' OR (NOT before.closed AND after.size IS NOT NULL))
AND {WHOLE}
ORDER BY 1, 2 LIMIT %(most)s
"""  # noqa: S608 - built from the constant above


def due(*, at: datetime, most: int) -> list[tuple[int, date]]:
    """Return letters and their days that are over and have no record yet, each letter's in their order."""
    last = (at - limits.FINAL_AFTER).astimezone(UTC).date() - DAY
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"last": last, "most": most})
        return [(letter_id, day) for letter_id, day in cursor.fetchall()]


def of(*, letter: Letter) -> QuerySet[Snapshot]:
    """Return the records of a letter, the newest first. A list of them goes on below a day: `day__lt`."""
    return _records(letter).order_by("-day")


def of_day(*, letter: Letter, day: date, at: datetime) -> Snapshot | None:
    """Return the record that says how a day ended, or None.

    A closed letter on which nothing was sealed that day has none of its own: the one before says it.
    """
    ends = datetime.combine(day, time(), UTC) + DAY if day < date.max else None
    if ends is None or at < ends + limits.FINAL_AFTER:
        return None
    found = _records(letter).filter(day__lte=day).order_by("-day").first()
    if found is None or found.day == day:
        return found
    last = Checkpoint.objects.filter(letter=letter, at__lt=ends).order_by("-at").first()
    return found if last and last.closed and last.pk == found.checkpoint_id else None


def corrections(*, snapshot: Snapshot) -> Sequence[Correction]:
    """Return what was found wrong with a record, in the order in which it was said."""
    return list(snapshot.corrections.all())


def _records(letter: Letter) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(letter=letter).select_related("checkpoint", "text")
