"""Who may keep a page, and for how long."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag


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


def content(
    request: HttpRequest,
    data: bytes,
    kind: str,
    *,
    shared_seconds: int | None = None,
    changed_at: datetime | None = None,
) -> HttpResponse:
    """Return bytes that every page may read, or 304; without `shared_seconds` they never change."""
    etag = quote_etag(hashlib.sha256(data).hexdigest()[:32])
    seconds = int(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, etag=etag, last_modified=seconds)
    response = response or HttpResponse(data, content_type=kind)
    response["ETag"] = etag
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if shared_seconds is None:
        return immutable(response)
    return public(response, shared_seconds=shared_seconds)
