"""The pages about a number: what proves it, and each number that was ever published."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from letters import citations, limits
from letters.enums import Method
from letters.models import Checkpoint, CheckpointSignature, LetterText, Tally
from letters.queries import leaves, tallies, versions
from letters.queries.letters import PublicLetter
from letters.web import caching
from letters.web.found import base_context, find
from letters.web.ledger_files import verifier_file


@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands behind the number of a letter, what that proves, and how anybody checks it."""
    found = find(slug)
    rows = leaves.last_tallies(letter_id=found.letter.pk, most=limits.TALLIES_SHOWN)
    return show(request, found, rows=rows, signed=leaves.published(letter_id=found.letter.pk))


def show(
    request: HttpRequest,
    found: PublicLetter,
    *,
    rows: Sequence[Checkpoint],
    signed: CheckpointSignature | None,
) -> HttpResponse:
    """Return the page with the last numbers and the newest signed state."""
    context = base_context(found) | {
        "rows": rows,
        "lost": any(row.parts["lost"] for row in rows),
        "signed": signed,
        "digest": verifier_file()[1],
    }
    response = render(request, "letters/ledger.html", context)
    return caching.public(response, shared_seconds=limits.PAGE_SHARED_SECONDS)


@require_safe
def at(request: HttpRequest, slug: str, size: int) -> HttpResponse:
    """One number for good: the tally that ends the first `size` leaves."""
    found = find(slug)
    letter_id = found.letter.pk
    checkpoint = leaves.at_size(letter_id=letter_id, size=size)
    if checkpoint is None:
        raise Http404(size)
    texts = versions.in_force(letter=found.letter, number=checkpoint.texts)
    return show_moment(
        request, found, checkpoint, texts=texts, signed=leaves.covering(letter_id=letter_id, size=size)
    )


def show_moment(
    request: HttpRequest,
    found: PublicLetter,
    checkpoint: Checkpoint,
    *,
    texts: Sequence[LetterText],
    signed: CheckpointSignature | None,
) -> HttpResponse:
    """Return the page of one number, with the first signed state that covers it."""
    letter = found.letter
    tally = tallies.at_checkpoint(letter=letter, checkpoint=checkpoint)
    citation = citations.sentence(
        count=tally.count,
        as_of=tally.as_of,
        time_zone=letter.time_zone,
        organization=letter.organization.name,
        url=settings.SITE_URL + reverse("letters:at", args=[letter.slug, checkpoint.size]),
    )
    context = base_context(found) | {
        "tally": tally,
        "methods": methods(tally),
        "texts": texts,
        "signed": signed,
        "citation": citation,
    }
    response = render(request, "letters/at.html", context)
    kept = limits.MOMENT_SHARED_SECONDS if signed else limits.PAGE_SHARED_SECONDS
    return caching.public(response, shared_seconds=kept)


def methods(tally: Tally) -> list[dict[str, object]]:
    """Return by which methods how many were verified, without those that nobody used."""
    numbers = [(method, getattr(tally, f"by_{method}")) for method in Method]
    return [{"label": method.label, "number": number} for method, number in numbers if number]
