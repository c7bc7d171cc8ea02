"""Wall clocks: what somebody reads off one in their place, and the moment that it is.

Twice a year most clocks jump (RFC 5545, 3.3.5, and PEP 495): some times are never shown, some twice.
Neither is guessed at.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class Unclear(ValueError):
    """No single moment. `before` and `after` are the nearest clear times on the same clock."""

    def __init__(self, before: datetime, after: datetime) -> None:
        super().__init__(before, after)
        self.before = before
        self.after = after


class Skipped(Unclear):
    """The clocks went forward past this time."""


class Repeated(Unclear):
    """The clocks went back, so that this time came twice."""


def moment(*, wall: datetime, zone: str) -> datetime:
    """Return the moment (UTC) at which a clock in `zone` shows `wall`. Raises Skipped, Repeated."""
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    early, late = first.utcoffset(), second.utcoffset()
    if early is None or late is None or early == late:
        return first.astimezone(UTC)
    jump = abs(late - early)
    raise (Skipped if late > early else Repeated)(wall - jump, wall + jump)


def wall(*, moment: datetime, zone: str) -> datetime:
    """Return what a clock in `zone` shows at a moment."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
