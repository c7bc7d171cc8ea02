"""Two views that readers' pages are measured against: one hands out bytes, one renders a template.

What is rendered has the shape of the letter's page, 14 kB of it, and asks no database: a base, blocks,
includes, lists of names and days, translated words, dates and numbers.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache as once
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

FOLDER: Final = Path(os.environ["DATA_DIR"], "pages")
"""What is handed out lies here."""
OPENED: Final = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
PARAGRAPH: Final = "<p>Every evening people board a train in one country and wake up in another. </p>\n"


@dataclass(frozen=True)
class Name:
    """One who signed."""

    name: str = "Zoë Ångström-Müller"
    beside: str = "Nurse, University of Lille, France"
    method: str = "email confirmed"


@dataclass(frozen=True)
class Day:
    """One bar of the chart and one row of its table."""

    start: datetime
    x: int
    y: int
    width: int = 24
    height: int = 60
    new: int = 1234
    total: int = 123456


@dataclass(frozen=True)
class Field:
    """One field of the form."""

    name: str
    label: str
    hint: str = "Shown with your name, like “Nurse”"
    required: bool = False
    error: str = ""
    most: int = 120


def _context() -> dict[str, object]:
    return {
        "site_name": "Undersigned",
        "title": "Keep the night trains running",
        "organization": "Night Rail Alliance",
        "addressees": "The transport ministers of the European Union",
        "contact": "press@nightrail.example",
        "slug": "night-trains",
        "language": "en",
        "place": "Brussels",
        "opened": OPENED,
        "number": 123456,
        "minutes": 3,
        "body": mark_safe(PARAGRAPH * 24),
        "first": [Name() for _ in range(6)],
        "names": [Name() for _ in range(20)],
        "days": [Day(OPENED + timedelta(days=day), x=26 * day, y=40) for day in range(24)],
        "fields": [Field(name, name.title()) for name in ("name", "email", "role", "affiliation", "country")],
    }


def rendered(request: HttpRequest) -> HttpResponse:
    """Render the template."""
    return render(request, "limit/letter.html", _context())


def page(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out the bytes of this name."""
    return HttpResponse(_bytes(name))


@once
def _bytes(name: str) -> bytes:
    return (FOLDER / f"{name}.html").read_bytes()
