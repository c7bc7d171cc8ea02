"""The public record of a letter's list: what was added and taken out, by day, without a name."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from letters import limits
from letters.enums import RemovalReason
from letters.queries import changes as record
from letters.queries.changes import Day, Page
from letters.queries.letters import PublicLetter
from letters.web import caching, kept
from letters.web.found import base_context, find

BEFORE: Final = "before"
MEANINGS: Final[dict[RemovalReason, str | Promise]] = {
    RemovalReason.REVIEW: _("A person must decide whether it counts. Until then it does not."),
    RemovalReason.DISPOSABLE: _("Its address comes from a service that gives addresses away by the minute."),
    RemovalReason.FLOOD: _("It came with many others that look as if one hand had made them."),
    RemovalReason.IMPERSONATION: _("It was signed in the name of somebody who did not sign."),
    RemovalReason.DUPLICATE: _("The same person or organization is counted already."),
    RemovalReason.COURT: _("A court or an authority ordered it."),
    RemovalReason.TEST: _("It was made to try out the form, and not meant."),
    RemovalReason.OTHER: _("None of these. The organizer knows the reason and answers questions."),
}


@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Some days on which something changed, the newest first."""
    if BEFORE in request.GET:
        written = _written(request, slug, _day(request.GET[BEFORE]))
        return caching.public(written, shared_seconds=limits.PAGE_SHARED_SECONDS)
    return kept.page(request, slug=slug, part="changes", write=lambda: _written(request, slug, None))


def _written(request: HttpRequest, slug: str, before: date | None) -> HttpResponse:
    found = find(slug)
    page = record.page(letter=found.letter, before=before)
    return show(request, found, page, is_first=before is None)


def show(request: HttpRequest, found: PublicLetter, page: Page, *, is_first: bool = True) -> HttpResponse:
    """Return the page of these days."""
    context = base_context(found) | {
        "page": page,
        "as_of": page.as_of or found.tally.as_of,
        "is_first": is_first,
        "rows": [{"day": day, "reasons": _reasons(day)} for day in page.days],
        "lost": any(day.lost for day in page.days),
        "meanings": [{"reason": reason, "meaning": meaning} for reason, meaning in MEANINGS.items()],
    }
    return render(request, "letters/changes.html", context)


def _reasons(day: Day) -> list[tuple[str, int]]:
    """Return for which reasons how many were removed, the most frequent first."""
    most_first = sorted(day.removed.items(), key=lambda one: (-one[1], one[0]))
    return [(str(RemovalReason(code).label), number) for code, number in most_first]


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise Http404(BEFORE) from error
