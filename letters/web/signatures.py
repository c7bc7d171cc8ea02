"""Signing."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters import addresses, tokens
from letters.queries.letters import PublicLetter
from letters.refusal import Refusal
from letters.services import signatures
from letters.web import caching, origins, sources
from letters.web.forms import SignForm
from letters.web.found import base_context, find, find_to_sign
from letters.web.redirects import SeeOther


@csrf_exempt  # cached pages hold this form; `origins` tells our own from another site's
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a signature. Whatever the address, the answer is the same."""
    if request.method != "POST":
        found = find(slug)
        return form_page(request, found, SignForm(text=found.text, source=sources.asked(request)))
    text = find_to_sign(slug)
    form = SignForm(text=text, data=request.POST)
    if origins.is_foreign(request):
        form.add_error(None, origins.SENT_FROM_ELSEWHERE)
        return form_page(request, find(slug), form, status=403)
    if not form.is_valid():
        return form_page(request, find(slug), form, status=422)
    now, answers = timezone.now(), form.answers()
    try:
        mailbox = signatures.sign(text=text, answers=answers, at=now)
    except (signatures.NotOpen, signatures.Withheld) as refusal:
        told = refusal if isinstance(refusal, signatures.Withheld) else None
        return form_page(request, find(slug), form, status=409, refusal=told)
    except signatures.TextChanged as refusal:
        anew = SignForm(text=text, data={**request.POST.dict(), "read": text.number})
        return form_page(request, find(slug), anew, status=409, refusal=refusal)
    masked = addresses.masked(answers.email)
    handle = tokens.make_handle(letter_id=text.letter.pk, mailbox=mailbox, masked=masked, at=now)
    return SeeOther(reverse("letters:check_email", args=[slug]) + "?" + urlencode({"h": handle}))


def form_page(
    request: HttpRequest,
    found: PublicLetter,
    form: SignForm,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Return the page that is the form alone, so that nobody scrolls back through the letter."""
    context = base_context(found) | {"form": form, "refusal": refusal}
    response = render(request, "signatures/sign.html", context, status=status)
    return caching.personal(response)
