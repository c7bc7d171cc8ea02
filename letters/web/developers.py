"""The guide of the API: where a reporter with a terminal or a spreadsheet begins."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from letters import limits
from letters.limits import FILES, NAMES, READING
from letters.web import caching, feeds
from letters.web.feeds import Entry, Feed
from letters.web.guide.changes import CHANGES, Change
from letters.web.guide.samples import samples
from letters.web.sharing import address

LANGUAGE: Final = "en"
"""What the API says is English in every language of the site."""


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How many on a day, from where, verified how: in two minutes, from this page alone."""
    context = {
        "samples": samples(),
        "changes": CHANGES,
        "reading": READING.per_minute,
        "names": NAMES.per_minute,
        "files": FILES.per_minute,
    }
    response = render(request, "developers/guide.html", context)
    return caching.public(response, shared_seconds=limits.LETTER_SHARED_SECONDS)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed in the API, as a feed (RFC 4287)."""
    home = address("letters:api_changes")
    return feeds.answer(
        request,
        Feed(
            id=home,
            language=LANGUAGE,
            title=f"Changes of the API – {settings.SITE_NAME}",
            subtitle="What is new for programs that read this site.",
            author=settings.SITE_NAME,
            url=home,
            page=address("letters:developers"),
            updated=_moment(CHANGES[0]),
            entries=[_entry(change) for change in CHANGES],
        ),
    )


def _entry(change: Change) -> Entry:
    page = address("letters:developers")
    return Entry(
        id=f"{page}#{change.name}",
        language=LANGUAGE,
        title=change.title,
        html=format_html("<p>{}</p>", change.says),
        url=f"{page}#{change.name}",
        organization=settings.SITE_NAME,
        home=address("letters:index"),
        published=_moment(change),
        updated=_moment(change),
    )


def _moment(change: Change) -> datetime:
    return datetime.combine(change.day, time(), UTC)
