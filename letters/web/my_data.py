"""What we hold of a signatory: taking it along, being forgotten, deleting it. Each after a fresh mail.

The hour that an older link opens is enough to see and to change; whoever found a forgotten mail must
not be able to take or to destroy everything with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from letters.models import Signature
from letters.queries import dossiers
from letters.refusal import Refusal
from letters.services import erasures, links
from letters.web import caching, cookies, own
from letters.web.redirects import SeeOther, to_signature


@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Offer what can be done with the data, or the mail that it needs first."""
    if fresh := cookies.opened_fresh(request, uid):
        return own.page(request, "data", fresh, fresh=True)
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if request.method == "POST":
        links.send_fresh(uid=uid, at=timezone.now())
        return SeeOther(f"{request.path}?sent=1")
    return own.page(request, "data", signature, fresh=False, sent="sent" in request.GET)


@require_safe
def download(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand over everything that we hold about a signature and its owner."""
    signature = cookies.opened_fresh(request, uid)
    if signature is None:
        return _not_fresh(request, uid)
    content = json.dumps(dossiers.of(signature=signature), indent=2, ensure_ascii=False) + "\n"
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-data-{signature.letter.slug}.json"'
    return caching.personal(response)


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Forget the person and keep the signature in the number."""
    return _after_asking(request, uid, "forget", lambda: erasures.erase(uid=uid, at=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the signature back and delete everything that points to the person."""
    return _after_asking(request, uid, "delete", lambda: erasures.delete(uid=uid, at=timezone.now()))


def _after_asking(
    request: HttpRequest, uid: UUID, page: str, act: Callable[[], Signature | None]
) -> HttpResponse:
    signature = cookies.opened_fresh(request, uid)
    if signature is None:
        return _not_fresh(request, uid)
    if request.method != "POST":
        return own.page(request, page, signature)
    try:
        act()
    except Refusal as refusal:
        return own.page(request, "manage", signature, status=409, refusal=refusal)
    return own.page(request, "gone", signature, kept=page == "forget")


def _not_fresh(request: HttpRequest, uid: UUID) -> HttpResponse:
    if cookies.opened(request, uid):
        return to_signature("data", uid)
    return own.problem(request, "closed_door", status=403)
