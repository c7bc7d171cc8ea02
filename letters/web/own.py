"""Pages about one signature, for its owner only."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from letters import languages
from letters.models import Signature
from letters.web import caching
from letters.web.speaking import follow


def page(
    request: HttpRequest, name: str, signature: Signature | None, *, status: int = 200, **more: object
) -> HttpResponse:
    """Return one of templates/signatures/ about a signature, in its language; nobody keeps it."""
    if signature is None:
        return problem(request, "gone", status=410)
    now, letter = timezone.now(), signature.letter
    follow(signature.language)
    path = reverse("letters:letter", args=[letter.slug], urlconf=settings.ROOT_URLCONF)
    context = {
        "signature": signature,
        "letter": letter,
        "text": signature.text,
        "organization": letter.organization,
        "phase": letter.phase(at=now),
        "in_time": signature.signed_in_time(ended_at=letter.ended_at(at=now), at=now),
        "share_url": settings.SITE_URL + languages.address(path, signature.text.stands_under),
        **more,
    }
    return caching.personal(render(request, f"signatures/{name}.html", context, status=status))


def problem(
    request: HttpRequest, what: str, *, status: int, signature: Signature | None = None
) -> HttpResponse:
    """Return why a link or an address opens nothing, and the way on."""
    letter = signature.letter if signature else None
    if signature:
        follow(signature.language)
    context = {"what": what, "letter": letter, "organization": letter and letter.organization}
    return caching.personal(render(request, "signatures/link_problem.html", context, status=status))
