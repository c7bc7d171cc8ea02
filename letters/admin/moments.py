"""Times at the desk: always UTC, and they say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils import formats


def written(moment: datetime) -> str:
    """Return a time with its zone: 14 March 2026, 21:40 UTC."""
    there = moment.astimezone(UTC)
    return f"{formats.date_format(there, 'DATETIME_FORMAT')} UTC"


def moment(field: str, says: Any) -> Callable[[Any, Model], str | None]:
    """Return a column and a read-only field that show the time in `field`."""

    @admin.display(description=says, ordering=field)
    def shown(page: Any, row: Model) -> str | None:
        value: datetime | None = getattr(row, field)
        return written(value) if value else None

    return shown
