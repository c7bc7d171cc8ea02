"""One at a time, letter by letter: what grows a ledger, what signs it, and what counts before it writes."""

from __future__ import annotations

from typing import Final

from django.db import connection

from letters import durable

SEAL: Final = 0x1ED6E2
SIGN: Final = 0x51631
FEATURE: Final = 0xFEA7
FREEZE: Final = 0xF0E2E
REPORT: Final = 0x4E9047


def alone(*, lock: int, letter_id: int) -> bool:
    """Return whether the caller's transaction has the turn now; it keeps it to its end."""
    return bool(_ask("SELECT pg_try_advisory_xact_lock(%s, %s)", lock, letter_id))


def wait(*, lock: int, letter_id: int) -> None:
    """Wait for the turn; the caller's transaction keeps it to its end."""
    _ask("SELECT pg_advisory_xact_lock(%s, %s)", lock, letter_id)


def _ask(statement: str, lock: int, letter_id: int) -> object:
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(statement, [lock, letter_id])
        return cursor.fetchone()[0]
