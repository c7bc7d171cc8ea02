"""Whoever is shown private rows at the desk leaves a trace, before they see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from letters.admin.pages import person
from letters.enums import EventName
from letters.models import Feature, Name, Reason, Report, Signature
from letters.services import reads

PRIVATE: Final[Mapping[type[Model], EventName]] = MappingProxyType(
    {
        Signature: EventName.SIGNATURES_READ,
        Name: EventName.NAMES_READ,
        Reason: EventName.REASONS_READ,
        Report: EventName.REPORTS_READ,
        Feature: EventName.FEATURES_READ,
    }
)
"""What somebody gave in confidence, and what to call it that it was looked at."""
ONE: Final = ("original", "object")
"""How pages about one row call it."""


def recorded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return a view of the desk that writes down which private rows it is about to show.

    A page is written after its view has returned: when nothing can be written down, nothing is shown.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method != "HEAD" and isinstance(response, SimpleTemplateResponse):
            _note(request, response.context_data or {})
        return response

    return shown


def _note(request: HttpRequest, context: Mapping[str, Any]) -> None:
    rows = [row for row in _rows(context) if type(row) in PRIVATE]
    if not rows:
        return
    name = PRIVATE[type(rows[0])]
    match = request.resolver_match
    page = str(match.url_name).rpartition("_")[2] if match else ""
    letters = {row.letter_id for row in rows}
    reads.note(name=name, page=page, letters=letters, by=person(request), at=timezone.now())


def _rows(context: Mapping[str, Any]) -> list[Any]:
    """Return the rows that a page shows: those of its list, or the one that it is about."""
    listed = getattr(context.get("cl"), "result_list", None)
    if listed is not None:
        return list(listed)
    return [context[name] for name in ONE if context.get(name) is not None][:1]
