"""The letter."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters import limits, prose
from letters.models import Signature
from letters.queries import series, signatures, versions
from letters.queries.letters import PublicLetter
from letters.queries.series import Point
from letters.queries.signatures import Page
from letters.web import charts, kept, sharing, sources
from letters.web.forms import SignForm
from letters.web.found import base_context, find


@require_safe
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """One letter with its number, its names and the form."""
    return kept.page(
        request,
        slug=slug,
        part="letter",
        source=sources.asked(request),
        write=lambda: render(request, "letters/letter.html", page_context(find(slug))),
    )


def page_context(found: PublicLetter) -> dict[str, object]:
    """Return what the page of a letter shows, with what is asked for around the words."""
    featured = signatures.featured(letter=found.letter, size=limits.FEATURED_ON_LETTER)
    free = limits.FIRST_SIGNATORIES - len(featured)
    return context(
        found,
        page=signatures.wall(letter=found.letter, size=limits.NAMES_ON_LETTER),
        featured=featured,
        first=signatures.first(letter=found.letter, size=free, besides=featured),
        reasons=signatures.reasons(letter=found.letter, size=limits.REASONS_SHOWN),
        days=series.last_days(letter=found.letter, most=limits.CHART_DAYS, at=timezone.now()),
    )


def context(
    found: PublicLetter,
    *,
    page: Page,
    featured: Sequence[Signature],
    first: Sequence[Signature],
    reasons: Sequence[Signature],
    days: Sequence[Point],
) -> dict[str, object]:
    """Return what the page of a letter shows."""
    newest = versions.signed(tally=found.tally, texts=found.texts)
    return (
        base_context(found)
        | sharing.context(found)
        | {
            "body": prose.html(found.text.body),
            "answer": prose.html(found.letter.answer) if found.letter.answer else "",
            "minutes": prose.reading_minutes(found.text.body),
            "featured": featured,
            "first": first,
            "others": found.tally.count - len(featured) - len(first),
            "page": page,
            "reasons": reasons,
            "chart": charts.daily(days),
            "update": found.update,
            "newest": newest,
            "earlier": found.tally.count - newest,
            "form": SignForm(text=found.text),
        }
    )
