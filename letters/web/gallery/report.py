"""Reporting a name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters.web import reports
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State
from letters.web.reports import SENT_FROM_ELSEWHERE, ReportForm


def _form(*, status: int = 200, says: Any = None, **given: str) -> Show:
    """Return the form, with what was given where it was sent."""

    def show(request: HttpRequest) -> HttpResponse:
        form = ReportForm(given or None)
        if says:
            form.add_error(None, says)
        return reports.form_page(request, cast.found(), form, status=status)

    return show


def _too_many(request: HttpRequest) -> HttpResponse:
    after = cast.AS_OF + timedelta(minutes=38)
    return reports.too_many(request, cast.found(), after=after, at=cast.AS_OF)


def _made(request: HttpRequest) -> HttpResponse:
    return reports.show_made(request, cast.found())


STATES: Final = (
    State("report", _form()),
    State("report-wrong", _form(status=422, name="", email="noor@"), 422),
    State("report-from-elsewhere", _form(status=403, says=SENT_FROM_ELSEWHERE, name="Sukarno"), 403),
    State("report-made", _made),
    State("report-too-many", _too_many, 429),
)
