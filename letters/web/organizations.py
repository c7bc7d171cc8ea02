"""An organization: its page, and the look that it gives to the pages of its letters."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from letters import languages, limits, looks
from letters.models import Organization
from letters.queries import letters, organizations
from letters.queries.letters import PublicLetter
from letters.web import caching


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Who it is, and its letters."""
    found = organizations.find(slug=slug)
    if found is None:
        raise Http404(slug)
    try:
        listed = letters.page(
            at=timezone.now(),
            size=limits.API_LIMIT_MOST,
            order=letters.Order.NEWEST,
            wanted=letters.Wanted(organization=found.slug),
            language=languages.asked(),
        ).letters
    except letters.UnknownOrganization:
        listed = []
    return show(request, found, listed)


def show(request: HttpRequest, found: Organization, listed: Sequence[PublicLetter]) -> HttpResponse:
    """Return the page of an organization with these letters."""
    response = render(request, "letters/organization.html", {"organization": found, "letters": listed})
    return caching.public(response, shared_seconds=limits.PAGE_SHARED_SECONDS)


@gzip_page
@require_safe
def css(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The whole stylesheet of its pages. Other colours than those that are named are never answered."""
    found = organizations.wearing(slug=slug)
    if found is None or not found.accent:
        raise Http404(slug)
    sheet = looks.sheet(accent=found.accent)
    if sheet.digest != digest:
        raise Http404(digest)
    return caching.immutable(HttpResponse(sheet.css, content_type="text/css; charset=utf-8"))


@require_safe
def mark(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The picture of its letterhead."""
    found = organizations.wearing(slug=slug)
    if found is None or not found.mark or found.mark_digest != digest:
        raise Http404(digest)
    try:
        with default_storage.open(found.mark) as file:
            picture = file.read()
    except FileNotFoundError as error:
        raise Http404(digest) from error
    return caching.immutable(HttpResponse(picture, content_type="image/png"))
