"""What was added to the list of a letter and taken from it, day by day (UTC), without a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.db import connection

from letters import limits
from letters.models import Letter
from letters.models.leaf import LISTS

# As the index has it that finds these leaves among a million others.
IS_LIST: Final = f"SUBSTRING(leaf.data, 1, {len(LISTS)}) = '\\x{LISTS.hex()}'::bytea"
# The leaves of a day stand between the last state before it and the last state in it.
DAYS: Final = f"""
SELECT point.start, point.new, point.withdrawn, point.removed, point.total, opened.size, ended.size,
tally.as_of
FROM letters_tallypoint AS point
JOIN letters_tally AS tally ON tally.letter_id = point.letter_id
CROSS JOIN LATERAL (SELECT COALESCE((
SELECT size FROM letters_checkpoint AS checkpoint WHERE checkpoint.letter_id = point.letter_id
AND checkpoint.at < point.start ORDER BY checkpoint.at DESC LIMIT 1), 0) AS size) AS opened
CROSS JOIN LATERAL (
SELECT size FROM letters_checkpoint AS checkpoint WHERE checkpoint.letter_id = point.letter_id
AND checkpoint.at < point.start + interval '24 hours' ORDER BY checkpoint.at DESC LIMIT 1) AS ended
WHERE point.letter_id = %s AND point.interval = 'day' AND point.start < %s
AND point.start >= %s AND (point.new > 0 OR point.withdrawn > 0 OR point.removed <> 0 OR EXISTS (
SELECT FROM letters_leaf AS leaf WHERE leaf.letter_id = point.letter_id
AND leaf.index >= opened.size AND leaf.index < ended.size AND {IS_LIST}))
ORDER BY point.start DESC LIMIT %s
"""  # noqa: S608 - built from the constant above
LISTED: Final = f"""
SELECT day.place, told.leaf->>'t', COALESCE(told.leaf->>'r', ''), sum(jsonb_array_length(told.leaf->'i'))
FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS day (opened, ended, place)
JOIN letters_leaf AS leaf ON leaf.letter_id = %s AND leaf.index >= day.opened AND leaf.index < day.ended
AND {IS_LIST}
CROSS JOIN LATERAL (SELECT convert_from(leaf.data, 'UTF8')::jsonb AS leaf) AS told
GROUP BY 1, 2, 3
"""  # noqa: S608 - the same
EVER: Final = datetime.max.replace(tzinfo=UTC)
BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


@dataclass
class Day:
    """What one day changed, and the number at its end.

    `removed` has the number for each reason code, `lost` counts signatures whose records a restore
    of the database did not bring back.
    """

    start: datetime
    new: int
    withdrawn: int
    total: int
    net_removed: int
    removed: dict[str, int] = field(default_factory=dict)
    restored: int = 0
    lost: int = 0

    @property
    def all_removed(self) -> int:
        """How many were removed, for whatever reason."""
        return sum(self.removed.values())

    @property
    def withdrawn_after_removal(self) -> int:
        """How many of those withdrawn were removed before: they had left the number already."""
        return self.all_removed - self.restored + self.lost - self.net_removed


@dataclass(frozen=True)
class Page:
    """Some days on which something changed, the newest first, and before which day the list goes on.

    `as_of` is the moment of the tally to which they belong: both are read at once. None without a day.
    """

    days: list[Day]
    before: date | None
    as_of: datetime | None = None


def page(
    *, letter: Letter, before: date | None = None, since: date | None = None, size: int | None = None
) -> Page:
    """Return the last days on which something changed, of those before a day, none earlier than `since`."""
    most = size or limits.CHANGE_DAYS
    end = datetime.combine(before, time(), UTC) if before else EVER
    beginning = datetime.combine(since, time(), UTC) if since else BEGINNING
    with connection.cursor() as cursor:
        cursor.execute(DAYS, [letter.pk, end, beginning, most + 1])
        rows = cursor.fetchall()
        shown = rows[:most]
        days = [_day(row) for row in shown]
        cursor.execute(LISTED, [[row[5] for row in shown], [row[6] for row in shown], letter.pk])
        _add(days, cursor.fetchall())
    before = days[-1].start.date() if len(rows) > len(days) else None
    return Page(days, before, rows[0][7] if rows else None)


def _day(row: Sequence[Any]) -> Day:
    start, new, withdrawn, removed, total = row[:5]
    return Day(start=start, new=new, withdrawn=withdrawn, total=total, net_removed=removed)


def _add(days: Sequence[Day], rows: Sequence[Sequence[Any]]) -> None:
    """Give each day what its leaves say. The type and the reason of a leaf are the words of the format."""
    for place, kind, reason, number in rows:
        day = days[place - 1]
        if kind == "remove":
            day.removed[reason] = int(number)
        elif kind == "restore":
            day.restored = int(number)
        else:
            day.lost = int(number)
