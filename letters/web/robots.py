"""What search engines are told: which pages there are."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters import languages, limits
from letters.queries import sitemap as entries
from letters.web import caching
from letters.web.sharing import address

STANDING: Final = (
    "letters:index", "letters:how_we_count", "letters:privacy", "letters:accessibility", "letters:developers",
)  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read (RFC 9309); what is not to be found says so itself."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {address('letters:sitemap')}\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return caching.public(response, shared_seconds=limits.SITEMAP_SHARED_SECONDS)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The standing pages, the letters that can be read, and who wrote them (sitemaps.org, 0.9)."""
    spoken = [
        code if code != settings.LANGUAGE_CODE else languages.NONE for code, _name in settings.LANGUAGES
    ]
    standing = [address(view, code=code) for view in STANDING for code in spoken]
    context = {"standing": standing, "changing": _changing(limits.SITEMAP_MOST - len(standing))}
    response = render(request, "sitemap.xml", context, content_type="application/xml")
    return caching.public(response, shared_seconds=limits.SITEMAP_SHARED_SECONDS)


def _changing(most: int) -> list[tuple[str, datetime]]:
    now = timezone.now()
    letters = [
        (address("letters:letter", text.letter.slug, code=text.stands_under), text.letter.changed_at)
        for text in entries.texts(at=now, most=most)
    ]
    homes = entries.organizations(at=now, most=most - len(letters))
    return letters + [(address("letters:organization", slug), changed_at) for slug, changed_at in homes]
