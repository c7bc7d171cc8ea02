"""Who may keep a page, and for how long."""

from __future__ import annotations

from django.http import HttpResponse


def public(response: HttpResponse, *, shared_seconds: int) -> HttpResponse:
    """Let shared caches keep the page for a moment; a browser always asks again."""
    response["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={shared_seconds}"
    return response


def immutable(response: HttpResponse) -> HttpResponse:
    """Let everybody keep for a year what is named by its content (RFC 8246)."""
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def personal(response: HttpResponse) -> HttpResponse:
    """Let nobody keep the page, and no search engine list it."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
