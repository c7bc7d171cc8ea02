"""What the owner of a signature sees: confirming, thanks, managing, withdrawing.

A mailed link is exchanged at once for a short cookie that opens one signature's pages only.
The address alone opens nothing, and each form posts to the signature whose page showed it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from letters import limits, tokens
from letters.enums import SignatureState
from letters.ledger import receipts
from letters.models import Signature
from letters.queries import leaves, versions
from letters.queries import signatures as asked
from letters.refusal import Refusal
from letters.services import pending, signatures
from letters.tokens import Purpose, Token
from letters.web import caching, cookies, own
from letters.web.redirects import to_signature

LASTING: Final = {
    Purpose.CONFIRM: limits.CONFIRM_WITHIN,
    Purpose.DATA: limits.FRESH_FOR,
    Purpose.MANAGE: timedelta.max,
}
"""How long a mailed link opens something. A manage link lives as long as its signature."""


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange a mailed token for a cookie and an address without a token. Changes nothing."""
    now = timezone.now()
    try:
        claim = tokens.read(token, Purpose.CONFIRM, Purpose.MANAGE, Purpose.DATA)
    except tokens.BadToken:
        return own.problem(request, "unknown", status=404)
    signature = asked.by_uid(uid=claim.uid)
    if signature is None:
        return own.problem(request, "gone", status=410)
    if not signature.accepts_links_of(claim.issued):
        return own.problem(request, "superseded", status=410, signature=signature)
    if claim.expired(at=now, after=LASTING[claim.purpose]):
        return own.problem(request, "expired", status=410, signature=signature)
    page = "new_text" if "new-text" in request.GET else "manage"
    return caching.personal(_admitted(claim, signature, page, now))


def _admitted(claim: Token, signature: Signature, page: str, now: datetime) -> HttpResponse:
    if claim.purpose == Purpose.DATA:
        response = to_signature("data", claim.uid)
        cookies.give_fresh(response, uid=claim.uid, at=now)
        return response
    page = "confirm" if signature.state == SignatureState.PENDING else page
    response = to_signature(page, claim.uid)
    cookies.give(response, uid=claim.uid, at=now)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show exactly what will be published, and one button."""
    if request.method == "POST" and cookies.opens(request, uid):
        try:
            signatures.confirm(uid=uid, seen=request.POST.get("seen", ""), at=timezone.now())
        except signatures.Changed as refusal:
            return _asked(request, asked.by_uid(uid=uid), status=409, refusal=refusal)
        except Refusal as refusal:
            return own.page(request, "manage", asked.by_uid(uid=uid), status=409, refusal=refusal)
        return to_signature("thanks", uid)
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if signature.state != SignatureState.PENDING:
        return to_signature("thanks", uid)
    return _asked(request, signature)


@require_safe
def thanks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The name under the letter, and what comes next."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if signature.state == SignatureState.PENDING:
        return to_signature("confirm", uid)
    if signature.state == SignatureState.WITHDRAWN:
        return to_signature("manage", uid)
    above = asked.wall(letter=signature.letter, size=3).names
    return own.page(request, "thanks", signature, above=[one for one in above if one.uid != uid][:2])


@require_safe
def manage(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What we hold, and what its owner can do with it."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    new_text = versions.to_renew(signature=signature, at=timezone.now())
    return own.page(request, "manage", signature, new_text=new_text)


@require_safe
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand its owner the proof that the signature is in the number, or say why there is none."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    made = leaves.receipt(signature=signature)
    if made is None:
        return own.page(request, "no_receipt", signature, status=404)
    response = HttpResponse(receipts.write(made), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{signature.letter.slug}.json"'
    return caching.personal(response)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask once, then take the signature back. No reason is demanded."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if request.method == "POST":
        try:
            signatures.withdraw(uid=uid, at=timezone.now())
        except signatures.Unknown:
            return own.problem(request, "gone", status=410)
        return to_signature("manage", uid)
    if signature.state == SignatureState.WITHDRAWN:
        return to_signature("manage", uid)
    return own.page(request, "withdraw", signature)


@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let the owner of a mailbox delete a form that somebody else sent, and stop such mails."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if request.method == "POST":
        never_again = "never_again" in request.POST
        pending.disown(uid=uid, never_again=never_again, at=timezone.now())
        return own.page(request, "disowned", signature, never_again=never_again)
    return own.page(request, "not_me", signature)


def _asked(request: HttpRequest, signature: Signature | None, **more: Any) -> HttpResponse:
    replaced = signature is not None and not versions.is_in_force(text=signature.text)
    return own.page(request, "confirm", signature, replaced=replaced, **more)
