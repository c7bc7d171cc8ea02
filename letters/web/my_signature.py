"""What the owner of a signature sees: confirming, thanks, managing, withdrawing.

A mailed link is exchanged at once for a short cookie that opens one signature's pages only.
The address alone opens nothing, and each form posts to the signature whose page showed it.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from letters import languages, limits, tokens
from letters.enums import SignatureState
from letters.ledger import receipts
from letters.models import Signature
from letters.queries import leaves
from letters.queries import signatures as asked
from letters.refusal import Refusal
from letters.services import pending, signatures
from letters.tokens import Purpose
from letters.web import caching, cookies
from letters.web.redirects import to_signature
from letters.web.speaking import follow


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange a mailed token for a cookie and an address without a token. Changes nothing."""
    now = timezone.now()
    try:
        claim = tokens.read(token, Purpose.CONFIRM, Purpose.MANAGE)
    except tokens.BadToken:
        return _problem(request, "unknown", status=404)
    signature = asked.by_uid(uid=claim.uid)
    if signature is None:
        return _problem(request, "gone", status=410)
    if claim.purpose == Purpose.CONFIRM and claim.expired(at=now, after=limits.CONFIRM_WITHIN):
        return _problem(request, "expired", status=410, signature=signature)
    page = "confirm" if signature.state == SignatureState.PENDING else "manage"
    response = to_signature(page, claim.uid)
    cookies.give(response, uid=claim.uid, at=now)
    return caching.personal(response)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show exactly what will be published, and one button."""
    if request.method == "POST" and cookies.opens(request, uid):
        try:
            signatures.confirm(uid=uid, seen=request.POST.get("seen", ""), at=timezone.now())
        except signatures.Changed as refusal:
            return _page(request, "confirm", asked.by_uid(uid=uid), status=409, refusal=refusal)
        except Refusal as refusal:
            return _page(request, "manage", asked.by_uid(uid=uid), status=409, refusal=refusal)
        return to_signature("thanks", uid)
    signature = cookies.opened(request, uid)
    if signature is None:
        return _problem(request, "closed_door", status=403)
    if signature.state != SignatureState.PENDING:
        return to_signature("thanks", uid)
    return _page(request, "confirm", signature)


@require_safe
def thanks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The name under the letter, and what comes next."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return _problem(request, "closed_door", status=403)
    if signature.state == SignatureState.PENDING:
        return to_signature("confirm", uid)
    if signature.state == SignatureState.WITHDRAWN:
        return to_signature("manage", uid)
    above = asked.wall(letter=signature.letter, size=3).names
    return _page(request, "thanks", signature, above=[one for one in above if one.uid != uid][:2])


@require_safe
def manage(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What we hold, and what its owner can do with it."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return _problem(request, "closed_door", status=403)
    return _page(request, "manage", signature)


@require_safe
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand its owner the proof that the signature is in the number, or say why there is none."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return _problem(request, "closed_door", status=403)
    made = leaves.receipt(signature=signature)
    if made is None:
        return _page(request, "no_receipt", signature, status=404)
    response = HttpResponse(receipts.write(made), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{signature.letter.slug}.json"'
    return caching.personal(response)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask once, then take the signature back. No reason is demanded."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return _problem(request, "closed_door", status=403)
    if request.method == "POST":
        try:
            signatures.withdraw(uid=uid, at=timezone.now())
        except signatures.Unknown:
            return _problem(request, "gone", status=410)
        return to_signature("manage", uid)
    if signature.state == SignatureState.WITHDRAWN:
        return to_signature("manage", uid)
    return _page(request, "withdraw", signature)


@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let the owner of a mailbox delete a form that somebody else sent, and stop such mails."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return _problem(request, "closed_door", status=403)
    if request.method == "POST":
        never_again = "never_again" in request.POST
        pending.disown(uid=uid, never_again=never_again, at=timezone.now())
        return _page(request, "disowned", signature, never_again=never_again)
    return _page(request, "not_me", signature)


def _page(
    request: HttpRequest, name: str, signature: Signature | None, *, status: int = 200, **more: object
) -> HttpResponse:
    if signature is None:
        return _problem(request, "gone", status=410)
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


def _problem(
    request: HttpRequest, what: str, *, status: int, signature: Signature | None = None
) -> HttpResponse:
    letter = signature.letter if signature else None
    if signature:
        follow(signature.language)
    context = {"what": what, "letter": letter, "organization": letter and letter.organization}
    return caching.personal(render(request, "signatures/link_problem.html", context, status=status))
