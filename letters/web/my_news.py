"""Wanting no more news about a letter: with one click in the mail program, or with one button here."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters import tokens
from letters.queries import signatures as asked
from letters.refusal import Refusal
from letters.services import news as wishes
from letters.tokens import Purpose, Token
from letters.web import caching, cookies, own
from letters.web.redirects import to_signature

ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")
"""What a mail program posts (RFC 8058, section 3.2)."""


@csrf_exempt  # a mail server posts it, without a page and without a cookie: the token is the authority
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop news at once when a mail program posts; lead a person to the page that asks."""
    try:
        claim = tokens.read(token, Purpose.NEWS)
    except tokens.BadToken:
        return own.problem(request, "unknown", status=404)
    if request.method == "POST":
        return _stopped(request, claim)
    signature = asked.by_uid(uid=claim.uid)
    if signature is None:
        return own.problem(request, "gone", status=410)
    if not signature.accepts_links_of(claim.issued):
        return own.problem(request, "superseded", status=410, signature=signature)
    response = to_signature("news", claim.uid)
    cookies.give(response, uid=claim.uid, at=timezone.now())
    return caching.personal(response)


def _stopped(request: HttpRequest, claim: Token) -> HttpResponse:
    """Answer a mail program: the same whatever became of the signature, and also to a link from long ago."""
    name, value = ONE_CLICK
    if request.POST.get(name) != value:
        return caching.personal(HttpResponse(status=400))
    wishes.stop(uid=claim.uid, at=timezone.now())
    return caching.personal(HttpResponse(content_type="text/plain"))


@require_http_methods(["GET", "HEAD", "POST"])
def news(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say whether its owner gets news, with one button for the other way."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if request.method != "POST":
        return own.page(request, "news", signature)
    wish = wishes.ask if request.POST.get("news") == "yes" else wishes.stop
    try:
        wish(uid=uid, at=timezone.now())
    except Refusal as refusal:
        return own.page(request, "manage", signature, status=409, refusal=refusal)
    return own.page(request, "news", asked.by_uid(uid=uid), done=True)
