"""Whether the numbers are as new as the pages promise."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import limits
from letters.api import conditional, moments
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.shapes import status as shapes
from letters.queries import ledger, tallies

WITHIN: Final = int(limits.SEALED_WITHIN.total_seconds())


@reading(shapes.ASKED)
def status(request: Request) -> HttpResponse:
    """The newest number of all letters, and which letters wait longer than they should."""
    now = timezone.now()
    waiting = ledger.late(at=now)
    shown = {
        "status": "late" if waiting else "ok",
        "as_of": moments.iso_or_null(tallies.newest()),
        "counted_within_seconds": WITHIN,
        "late_letters": len(waiting),
        "late_since": moments.iso_or_null(min(waiting.values(), default=None)),
    }
    version = Version(tuple(shown.values()), None, limits.COUNT_SHARED_SECONDS)
    return conditional.answer(request, version, lambda: shown)
