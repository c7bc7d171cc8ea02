"""Atom feeds (RFC 4287): what happened to all letters, and to one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from letters import languages, limits, prose
from letters.enums import Phase, TextKind
from letters.models import Letter, Update
from letters.queries import feeds
from letters.queries.feeds import Happening, Item
from letters.web import caching, sharing
from letters.web.found import find
from letters.web.sharing import address

KIND: Final = "application/atom+xml; charset=utf-8"
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated."""
ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (2.2), not even escaped."""


@dataclass(frozen=True)
class Entry:
    """One entry, in the language of what it is about. `updated` moves when its words do."""

    id: str
    language: str
    title: str
    html: SafeString
    url: str
    organization: str
    home: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """A feed, which has the words of its head and the newest entries."""

    id: str
    language: str
    title: str
    subtitle: str
    author: str
    url: str
    page: str
    updated: datetime
    entries: Sequence[Entry]


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """What last happened to all letters."""
    entries = [_entry(item) for item in feeds.of_site(at=timezone.now())]
    home = address("letters:feed")
    return answer(
        request,
        Feed(
            id=home,
            language=settings.LANGUAGE_CODE,
            title=_("Open letters – %(site)s") % {"site": settings.SITE_NAME},
            subtitle=_("New letters, updates, changes of their texts, answers and closings."),
            author=settings.SITE_NAME,
            url=home,
            page=address("letters:index"),
            updated=max((entry.updated for entry in entries), default=NEVER),
            entries=entries,
        ),
    )


@require_safe
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened to one letter, and how many signed it."""
    found = find(slug)
    items = [] if found.phase == Phase.SCHEDULED else feeds.of_letter(letter=found.letter, at=timezone.now())
    entries = [_entry(item) for item in items]
    known = found.tally.as_of if entries else found.letter.changed_at
    updated = max([known, *(entry.updated for entry in entries)])
    return answer(
        request,
        Feed(
            id=_tag(found.letter, "updates"),
            language=found.text.language,
            title=found.text.title,
            subtitle=sharing.number(found.letter, found.tally) if entries else "",
            author=found.letter.organization.name,
            url=address("letters:letter_feed", slug),
            page=address("letters:letter", slug),
            updated=updated,
            entries=entries,
        ),
        changed_at=updated,
    )


def answer(request: HttpRequest, feed: Feed, *, changed_at: datetime | None = None) -> HttpResponse:
    """Return a feed, or 304.

    Without `changed_at` it says of no time that it changed then: what leaves a feed moves none.
    """
    written = ILLEGAL.sub("", render_to_string("letters/feed.atom", {"feed": feed}).strip())
    seconds = limits.LETTER_SHARED_SECONDS
    return caching.content(request, written.encode(), KIND, shared_seconds=seconds, changed_at=changed_at)


def _entry(item: Item) -> Entry:
    """Return an item as it is written in the language of its letter."""
    language = item.update.language if item.update else item.text.language
    with translation.override(languages.nearest(language)):
        return WRITERS[item.happening](item, language)


def _opened(item: Item, language: str) -> Entry:
    html, words_since = _paragraph(sharing.addressed(item.text)), item.text.published_at or item.at
    return _written(item, language, "opened", item.text.title, html, updated=words_since)


def _changed(item: Item, language: str) -> Entry:
    text = item.text
    corrected = text.kind == TextKind.CORRECTION
    said = _("Text corrected: %(title)s") if corrected else _("Text amended: %(title)s")
    url = address("letters:versions", item.letter.slug)
    html = _paragraph(text.reason)
    return _written(item, language, f"versions/{text.version}", said % {"title": text.title}, html, url=url)


def _told(item: Item, language: str) -> Entry:
    update = cast("Update", item.update)
    url = address("letters:updates", item.letter.slug) + f"#update-{update.number}"
    html = prose.html(update.body)
    return _written(item, language, f"updates/{update.number}", update.title, html, url=url)


def _answered(item: Item, language: str) -> Entry:
    url = address("letters:letter", item.letter.slug) + "#answer"
    title = _("Answered: %(title)s") % {"title": item.text.title}
    return _written(item, language, "answer", title, prose.html(item.letter.answer), url=url)


def _closed(item: Item, language: str) -> Entry:
    title, as_of = _("Closed: %(title)s") % {"title": item.text.title}, item.letter.tally.as_of
    html = _paragraph(sharing.number(item.letter, item.letter.tally))
    return _written(item, language, "closed", title, html, updated=as_of)


WRITERS: Final = {
    Happening.OPENED: _opened,
    Happening.CHANGED: _changed,
    Happening.UPDATE: _told,
    Happening.ANSWERED: _answered,
    Happening.CLOSED: _closed,
}


def _written(
    item: Item,
    language: str,
    name: str,
    title: str,
    html: SafeString,
    *,
    url: str = "",
    updated: datetime = NEVER,
) -> Entry:
    organization = item.letter.organization
    return Entry(
        id=_tag(item.letter, name),
        language=language,
        title=title,
        html=html,
        url=url or address("letters:letter", item.letter.slug),
        organization=organization.name,
        home=address("letters:organization", organization.slug),
        published=item.at,
        updated=max(item.at, updated),
    )


def _tag(letter: Letter, name: str) -> str:
    """Return an id that no change of the site's or the letter's address moves (RFC 4151)."""
    host = letter.origin.partition("/")[0].partition(":")[0]
    return f"tag:{host},{letter.published_at:%Y-%m-%d}:{letter.public_id}/{name}"


def _paragraph(words: str) -> SafeString:
    return format_html("<p>{}</p>", words)
