"""Where a page of a list begins, sealed so that nobody builds on what is inside.

The same place gives the same cursor, so that caches recognise a page. A cursor of one list, or
of one order, is of no use for another.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Final

from letters import crypto

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


class BadCursor(Exception):
    """The cursor is not one of this list and order."""


def make(*, of: str, value: datetime | int | str, pk: int) -> str:
    """Return the cursor of the row with this value (what the list is sorted by) and id."""
    plain = (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value
    return crypto.urlsafe(crypto.seal_alike(json.dumps([plain, pk]), context=f"cursor:{of}"))


def read(cursor: str, *, of: str) -> tuple[int, int]:
    """Return the value, a time as microseconds since 1970, and the id. Raises BadCursor."""
    number, pk = _open(cursor, of)
    return int(number), pk


def read_words(cursor: str, *, of: str) -> tuple[str, int]:
    """Return the value of a list that is sorted by words, and the id. Raises BadCursor."""
    words, pk = _open(cursor, of)
    return str(words), pk


def read_moment(cursor: str, *, of: str) -> tuple[datetime, int]:
    """Return the time and the id. Raises BadCursor."""
    number, pk = read(cursor, of=of)
    return EPOCH + number * MICROSECOND, pk


def _open(cursor: str, of: str) -> tuple[int | str, int]:
    try:
        value, pk = json.loads(crypto.unseal_alike(crypto.from_urlsafe(cursor), context=f"cursor:{of}"))
    except (crypto.Unreadable, UnicodeError) as error:
        raise BadCursor from error
    return value, pk
