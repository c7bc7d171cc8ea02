"""A letter shown to somebody of the press before it opens: they agree to the embargo, then they read.

There is no cookie: the letter is the answer to the form, and loading it anew agrees anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters import limits, rates, tokens
from letters.enums import LetterStatus, Phase
from letters.models import Letter, PressLink
from letters.queries import letters
from letters.queries import press as queries
from letters.queries.letters import PublicLetter
from letters.refusal import Refusal
from letters.services import press
from letters.tokens import BadToken, Purpose
from letters.web import caching, origins
from letters.web.letters import page_context
from letters.web.redirects import SeeOther
from letters.web.speaking import follow

SENT_FROM_ELSEWHERE: Final = _("This form was sent from another site. Agree here.")
KEPT_BACK: Final = (Phase.DRAFT, Phase.SCHEDULED)


@csrf_exempt  # no cookie to steal, and nothing that a stranger could not do with the same link
@require_http_methods(["GET", "HEAD", "POST"])
def embargo(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is asked of the recipient of a link; show the letter when they agree by POST."""
    now = timezone.now()
    wait = rates.take(budget=limits.EMBARGO, meta=request.META, at=now)
    if wait is not None:
        return busy(request, wait)
    try:
        link = queries.find(uid=tokens.read(token, Purpose.EMBARGO).uid)
    except BadToken:
        link = None
    if link is None:
        return gone(request, None, status=404)
    phase = link.letter.phase(at=now)
    if phase not in {*KEPT_BACK, Phase.WITHDRAWN}:
        return SeeOther(reverse("letters:letter", args=[link.letter.slug]))
    if phase == Phase.WITHDRAWN or not link.is_open():
        return gone(request, link, status=410)
    codes = queries.languages(letter=link.letter)
    if request.method != "POST":
        return ask(request, link, codes, at=now)
    return _agreed(request, link, codes, now)


def ask(
    request: HttpRequest,
    link: PressLink,
    codes: list[str],
    *,
    at: datetime,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page that says the embargo. The letter has no title yet."""
    follow(codes[0])
    context = {**_of(link), "codes": codes, "over": link.embargo_until <= at, "refusal": refusal}
    return _kept_from_others(render(request, "letters/embargo.html", context, status=status))


def gone(request: HttpRequest, link: PressLink | None, *, status: int) -> HttpResponse:
    """Return the page of a link that shows nothing: unknown without `link`, else revoked or withdrawn."""
    context = _of(link) if link else {}
    return _kept_from_others(render(request, "letters/embargo_gone.html", context, status=status))


def busy(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer 429 (RFC 6585, section 4) to a network that asks for many of these pages."""
    response = render(request, "letters/embargo_gone.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return _kept_from_others(response)


def show(request: HttpRequest, link: PressLink, context: dict[str, object], *, at: datetime) -> HttpResponse:
    """Return the letter in its own page, without anything to sign, under the embargo's banner."""
    shown = context | {"embargo": link, "over": link.embargo_until <= at, "open": False}
    return _kept_from_others(render(request, "letters/letter.html", shown))


def _agreed(request: HttpRequest, link: PressLink, codes: list[str], at: datetime) -> HttpResponse:
    if origins.is_foreign(request):
        return ask(request, link, codes, at=at, refusal=str(SENT_FROM_ELSEWHERE), status=403)
    found = _found(link.letter, request.POST.get("language", ""), at)
    if found is None:
        return gone(request, link, status=410)
    try:
        press.agree(uid=link.uid, at=at)
    except Refusal:
        return SeeOther(request.path)
    follow(found.text.language)
    return show(request, link, page_context(found), at=at)


def _found(letter: Letter, language: str, at: datetime) -> PublicLetter | None:
    if letter.status == LetterStatus.DRAFT:
        return letters.draft(pk=letter.pk, at=at, language=language)
    return letters.find(slug=letter.slug, at=at, language=language)


def _of(link: PressLink) -> dict[str, object]:
    return {"link": link, "letter": link.letter, "organization": link.letter.organization}


def _kept_from_others(response: HttpResponse) -> HttpResponse:
    """Let nobody keep it, and let no page that it leads to learn the link."""
    response["Referrer-Policy"] = "no-referrer"
    return caching.personal(response)
