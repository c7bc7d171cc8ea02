"""Pages for what went wrong, each with a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from letters import limits
from letters.web import caching
from letters.web.found import Gone


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address, or a letter that its organizer has taken back."""
    if not isinstance(exception, Gone):
        return render(request, "404.html", status=404)
    context = {"letter": exception.letter, "organization": exception.letter.organization}
    response = render(request, "letters/withdrawn.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return caching.public(response, shared_seconds=limits.PAGE_SHARED_SECONDS)


def form_timed_out(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid CSRF token: the page was open too long, or cookies are refused."""
    return render(request, "403_csrf.html", status=403)
