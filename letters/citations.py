"""How a number is cited: in English, in the letter's own time, with the address where it stays."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat, translation


def sentence(*, count: int, as_of: datetime, time_zone: str, organization: str, url: str) -> str:
    """Return a citation to print."""
    number = f"{count:,} {'signature' if count == 1 else 'signatures'}"
    return f"{number} as of {moment(as_of, time_zone)}, {organization}, {url}"


def moment(at: datetime, time_zone: str) -> str:
    """Return a moment where the letter is at home: 14 March 2026, 21:40 CET."""
    local = at.astimezone(ZoneInfo(time_zone))
    with translation.override("en"):
        written = dateformat.format(local, "j F Y, H:i")
    zone = local.tzname() or ""
    # Zones without letters of their own are called by their offset: UTC-03:00.
    return f"{written} {zone if zone.isalpha() else 'UTC' + local.isoformat()[-6:]}"
