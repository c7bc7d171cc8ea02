"""Headers that every answer carries; the content security policy comes from its own library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse

HEADERS: Final = {
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PrivacyHeaders:
    """Adds what is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def replace_policy(response: HttpResponse, directives: Mapping[str, Sequence[str]]) -> None:
    """Give one answer other words for some directives of the content security policy."""
    # As django-csp reads it.
    response._csp_replace = dict(directives)  # type: ignore[attr-defined]  # noqa: SLF001
