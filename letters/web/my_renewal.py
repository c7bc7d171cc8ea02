"""The owner of a signature reads what a letter says now, and signs that too."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from letters import differences, prose
from letters.differences import Differences, Words
from letters.models import LetterText, Signature
from letters.queries import versions
from letters.refusal import Refusal
from letters.services import renewals
from letters.web import cookies, own
from letters.web.redirects import to_signature


@require_http_methods(["GET", "HEAD", "POST"])
def new_text(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what changed since the text that was signed, and one button."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if request.method != "POST":
        return _asked(request, signature)
    try:
        signature = renewals.renew(uid=uid, seen=request.POST.get("seen", ""), at=timezone.now())
    except renewals.NotAsked as refusal:
        return own.page(request, "manage", signature, status=409, refusal=refusal)
    except Refusal as refusal:
        return _asked(request, signature, refusal=refusal)
    return own.page(request, "renewed", signature)


def _asked(request: HttpRequest, signature: Signature, refusal: Refusal | None = None) -> HttpResponse:
    text = versions.to_renew(signature=signature, at=timezone.now())
    return show(request, signature, text, refusal) if text else to_signature("manage", signature.uid)


def show(
    request: HttpRequest, signature: Signature, text: LetterText, refusal: Refusal | None = None
) -> HttpResponse:
    """Return the page on which this text is signed."""
    return own.page(
        request,
        "new_text",
        signature,
        status=409 if refusal else 200,
        refusal=refusal,
        new=text,
        differences=_differences(signature.text, text),
        body=prose.html(text.body),
    )


def _differences(signed: LetterText, text: LetterText) -> Differences | None:
    """Return what changed; None between two languages, and where the words that were signed are withheld."""
    if signed.language != text.language or signed.withholding_id:
        return None
    old, new = (Words(one.title, one.addressees, one.body) for one in (signed, text))
    return differences.between(old, new)
