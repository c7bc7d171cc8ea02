"""The page of a letter's data: what each file holds, and what others may put on their pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters.embeds import SIZES
from letters.queries.letters import PublicLetter
from letters.web import embeds, kept
from letters.web.found import base_context, find


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """The files of a letter, its feed, its frame and its badge."""
    return kept.page(request, slug=slug, part="data", write=lambda: show(request, find(slug)))


def show(request: HttpRequest, found: PublicLetter) -> HttpResponse:
    """Return the page of a letter's data."""
    context = base_context(found) | {
        "frames": [embeds.frame(found, size=size) for size in SIZES],
        "plain": embeds.plain(found),
    }
    return render(request, "letters/data.html", context)
