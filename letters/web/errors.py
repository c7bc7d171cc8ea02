"""Pages for what went wrong, each with a way on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from letters import limits
from letters.web import caching
from letters.web.found import Gone

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS: Final = 30


class Outage:
    """Answers 503 while the database does not: a page that asks nothing, never a false success."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a database that is away, and nothing for any other fault."""
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        log.error("the database does not answer", exc_info=exception)  # a path may hold a token
        return unavailable()


def unavailable() -> HttpResponse:
    """The page of an outage, which asks nothing that could be away, too."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address, or a letter that its organizer has taken back."""
    if not isinstance(exception, Gone):
        return render(request, "404.html", status=404)
    context = {"letter": exception.letter, "organization": exception.letter.organization}
    response = render(request, "letters/withdrawn.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return caching.public(response, shared_seconds=limits.PAGE_SHARED_SECONDS)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read, or that lies about its host. Nothing of it is repeated."""
    return render(request, "400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """More than any form of ours can hold."""
    return render(request, "413.html", status=413)


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """Somebody tried to log in too often, or nobody can be counted: the same whatever they tried."""
    return caching.personal(render(request, "accounts/locked.html", status=429))


def form_timed_out(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid CSRF token: the page was open too long, or cookies are refused."""
    return render(request, "403_csrf.html", status=403)
