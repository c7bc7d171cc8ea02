"""How a day left the number of a letter: a page for good, and one that says why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_countries import countries

from letters import citations
from letters.models import Correction, Snapshot
from letters.queries import snapshots, tallies
from letters.queries.letters import PublicLetter
from letters.web import kept
from letters.web.found import base_context, find
from letters.web.ledger import methods


class Absent(Http404):
    """There is no record of this day."""


@require_safe
def as_of(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The record of one day (UTC)."""
    wanted = _day(day)
    try:
        return kept.page(
            request, slug=slug, part=f"as-of:{day}", write=lambda: _written(request, find(slug), wanted)
        )
    except Absent:
        return show_absent(request, find(slug), wanted)


def _written(request: HttpRequest, found: PublicLetter, day: date) -> HttpResponse:
    snapshot = snapshots.of_day(letter=found.letter, day=day, at=timezone.now())
    if snapshot is None:
        raise Absent(day)
    said = snapshots.corrections(snapshot=snapshot)
    return show(request, found, snapshot, day=day, corrections=said)


def show(
    request: HttpRequest,
    found: PublicLetter,
    snapshot: Snapshot,
    *,
    day: date,
    corrections: Sequence[Correction] = (),
) -> HttpResponse:
    """Return the page of one record, which may be of a day before: nothing changed since."""
    letter = found.letter
    tally = tallies.at_checkpoint(letter=letter, checkpoint=snapshot.checkpoint)
    citation = citations.sentence(
        count=tally.count,
        as_of=tally.as_of,
        time_zone=letter.time_zone,
        organization=letter.organization.name,
        url=settings.SITE_URL + reverse("letters:as_of", args=[letter.slug, day.isoformat()]),
    )
    most_first = sorted(snapshot.countries.items(), key=lambda row: (-row[1], row[0]))
    context = base_context(found) | {
        "day": day,
        "snapshot": snapshot,
        "tally": tally,
        "methods": methods(tally),
        "texts": [snapshot.text],
        "citation": citation,
        "countries": [(countries.name(code), number) for code, number in most_first],
        "data": reverse("api:snapshot", args=[letter.slug, day.isoformat()]),
        "corrections": corrections,
    }
    return render(request, "letters/as_of.html", context)


def show_absent(request: HttpRequest, found: PublicLetter, day: date) -> HttpResponse:
    """Return the page that says why a day has no record."""
    context = base_context(found) | {"day": day, "over": day < timezone.now().date()}
    return render(request, "letters/as_of_absent.html", context, status=404)


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise Http404(written) from error
    if day.isoformat() != written:  # each record has one address
        raise Http404(written)
    return day
