"""What waits to be counted, and to be signed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q

from letters import limits
from letters.enums import EntryKind
from letters.models import LedgerEntry, Tally, Withholding

# Each ledger ends with the checkpoint of its letter's tally.
STATES: Final = """
FROM letters_tally AS tally
JOIN letters_checkpoint AS checkpoint
ON checkpoint.letter_id = tally.letter_id AND checkpoint.size = tally.size
"""
NEWS: Final = f"""
SELECT tally.letter_id {STATES}
JOIN letters_letter AS letter ON letter.id = tally.letter_id
WHERE (NOT checkpoint.closed AND (
checkpoint.at <= %s OR LEAST(letter.closed_at, letter.closes_at, letter.withdrawn_at) <= %s))
OR checkpoint.texts < (SELECT max(number) FROM letters_lettertext AS text WHERE text.letter_id = letter.id)
"""  # noqa: S608 - built from the constant above
UNSIGNED: Final = f"""
SELECT tally.letter_id, tally.as_of {STATES}
LEFT JOIN letters_checkpointsignature AS signature ON signature.checkpoint_id = checkpoint.id
WHERE signature.checkpoint_id IS NULL
"""


def counted() -> list[int]:
    """Return every letter that has a number."""
    return list(Tally.objects.order_by("letter_id").values_list("letter_id", flat=True))


def due(*, at: datetime) -> list[int]:
    """Return the letters whose entries are many enough, or old enough, to be counted together.

    Counting one signature at a time would publish the moment at which each person confirmed. A letter
    that has ended, has a new text or was quiet for long is due without an entry.
    """
    waiting = LedgerEntry.objects.values("letter_id").annotate(
        signs=Count("id", filter=Q(kind=EntryKind.SIGN)), oldest=Min("queued_at")
    )
    old = at - timedelta(seconds=settings.LEDGER_BATCH_SECONDS)
    ready = waiting.filter(Q(signs__gte=settings.LEDGER_BATCH_MIN) | Q(oldest__lte=old))
    found = set(ready.values_list("letter_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(NEWS, [at - limits.HEARTBEAT, at])
        found.update(row[0] for row in cursor.fetchall())
    return sorted(found)


def unsettled() -> list[int]:
    """Return the orders of law, standing or lifted, with which the published files do not agree yet."""
    return list(Withholding.objects.filter(files_at=None).order_by("pk").values_list("pk", flat=True))


def unsigned() -> list[int]:
    """Return the letters whose newest sealed state is not signed."""
    return sorted(_unsigned())


def late(*, at: datetime) -> dict[int, datetime]:
    """Return the letters that do not keep the promise of `limits.SEALED_WITHIN`, and since when they wait."""
    bound = at - limits.SEALED_WITHIN
    waiting = LedgerEntry.objects.values("letter_id").annotate(oldest=Min("queued_at"))
    found = dict(waiting.filter(oldest__lt=bound).values_list("letter_id", "oldest"))
    for letter_id, as_of in _unsigned().items():
        if as_of < bound:
            found[letter_id] = min(as_of, found.get(letter_id, as_of))
    return found


def _unsigned() -> dict[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(UNSIGNED)
        return dict(cursor.fetchall())
