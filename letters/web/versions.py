"""The words of a letter as they were, version by version, and what changed between them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import differences
from letters.differences import Differences, Words
from letters.models import LetterText
from letters.queries import versions as texts
from letters.queries.letters import PublicLetter
from letters.queries.versions import Version
from letters.web import kept
from letters.web.found import base_context, find


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version of the text, the newest first."""
    return kept.page(request, slug=slug, part="versions", write=lambda: _written(request, find(slug)))


def _written(request: HttpRequest, found: PublicLetter) -> HttpResponse:
    return show(request, found, texts.history(letter=found.letter, language=found.text.language))


def show(request: HttpRequest, found: PublicLetter, history: Sequence[Version]) -> HttpResponse:
    """Return the page of these versions, of which there is at least one."""
    context = base_context(found) | {
        "versions": [{"version": version, "differences": _differences(version)} for version in history],
        "newest": history[0],
        "earlier": sum(version.signatures for version in history[1:]),
    }
    return render(request, "letters/versions.html", context)


def _differences(version: Version) -> Differences | None:
    if version.before is None or version.before.withholding or version.read.withholding:
        return None
    return differences.between(_words(version.before), _words(version.read))


def _words(text: LetterText) -> Words:
    return Words(text.title, text.addressees, text.body)
