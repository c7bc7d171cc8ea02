"""Standing pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import limits
from letters.enums import Method
from letters.web import caching


@require_safe
def how_we_count(request: HttpRequest) -> HttpResponse:
    """The counting rule, which every number links to."""
    context = {
        "confirm_days": limits.CONFIRM_WITHIN.days,
        "grace_hours": limits.CONFIRM_GRACE.days * 24,
        "methods": [*reversed(Method)],
    }
    response = render(request, "letters/how_we_count.html", context)
    return caching.public(response, shared_seconds=limits.LETTER_SHARED_SECONDS)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we do so that anybody can use the site, and whom to tell of what is in the way."""
    response = render(request, "letters/accessibility.html")
    return caching.public(response, shared_seconds=limits.LETTER_SHARED_SECONDS)
