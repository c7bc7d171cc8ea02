"""What the organizers told after a letter was published, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import prose
from letters.models import Update
from letters.queries import updates as published
from letters.queries.letters import PublicLetter
from letters.web import kept
from letters.web.found import base_context, find


@require_safe
def updates(request: HttpRequest, slug: str) -> HttpResponse:
    """Every update of a letter."""
    return kept.page(request, slug=slug, part="updates", write=lambda: _written(request, find(slug)))


def _written(request: HttpRequest, found: PublicLetter) -> HttpResponse:
    return show(request, found, list(published.of(letter=found.letter)))


def show(request: HttpRequest, found: PublicLetter, news: Sequence[Update]) -> HttpResponse:
    """Return the page of these updates."""
    told = [{"update": update, "body": prose.html(update.body)} for update in news]
    return render(request, "letters/updates.html", base_context(found) | {"news": told})
