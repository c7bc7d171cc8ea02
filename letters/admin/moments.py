"""Times at the desk: UTC, and they say so; those of a letter in its own zone, too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import Model
from django.utils import formats


def written(moment: datetime) -> str:
    """Return a time with its zone: 14 March 2026, 21:40 UTC."""
    there = moment.astimezone(UTC)
    return f"{formats.date_format(there, 'DATETIME_FORMAT')} UTC"


def both(moment: datetime, *, zone: str) -> str:
    """Return a time in a letter's zone and in UTC: 14 March 2026, 21:40 CET (20:40 UTC)."""
    there, here = moment.astimezone(ZoneInfo(zone)), moment.astimezone(UTC)
    if not there.utcoffset():
        return written(moment)
    style = "TIME_FORMAT" if there.date() == here.date() else "DATETIME_FORMAT"
    local = formats.date_format(there, "DATETIME_FORMAT")
    return f"{local} {there:%Z} ({formats.date_format(here, style)} UTC)"


def moment(field: str, says: Any) -> Callable[[Any, Model], str | None]:
    """Return a column and a read-only field that show the time in `field`."""

    @admin.display(description=says, ordering=field)
    def shown(page: Any, row: Model) -> str | None:
        value: datetime | None = getattr(row, field)
        return written(value) if value else None

    return shown
