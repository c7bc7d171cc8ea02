"""What every template knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.urls import is_valid_path

from letters import languages
from letters.web.speaking import addresses


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name and address, and what tells a public page's path."""
    path: Callable[[], str] = partial(_public_path, request)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "site_contact": settings.SITE_CONTACT,
        "public_path": path,
    }


def _public_path(request: HttpRequest) -> str:
    """Return the path without its language, or nothing for a page that stands under none."""
    code, path = languages.split(request.path_info)
    if request.resolver_match is None:
        return ""
    other = addresses(settings.LANGUAGE_CODE)
    return path if code or is_valid_path(f"/{settings.LANGUAGE_CODE}{path}", other) else ""  # type: ignore[arg-type]  # an object will do
