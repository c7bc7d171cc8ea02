"""The page after signing: a mail is on its way, here is how to go on. The same for every address."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters import limits, tokens
from letters.queries.letters import PublicLetter
from letters.services import pending, signatures
from letters.tokens import Handle
from letters.web import caching, cookies, origins
from letters.web.found import base_context, find
from letters.web.redirects import SeeOther, to_signature

BESIDE_DIGITS: Final = " -\u00a0\u202f\t"


class CodeForm(forms.Form):
    """The digits of the mail, typed on another device."""

    code = forms.CharField(
        label=_("Code in the mail"),
        max_length=20,
        help_text=_("If you read the mail on another device: 6 digits."),
        error_messages={"required": _("Enter the 6 digits of the code in our mail.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr", "size": 8}
        ),
    )

    def clean_code(self) -> str:
        """Return six ASCII digits, of whatever script they were."""
        typed = [char for char in self.cleaned_data["code"] if char not in BESIDE_DIGITS]
        digits = "".join(str(unicodedata.digit(char, "?")) for char in typed)
        if len(digits) != limits.CODE_DIGITS or not digits.isascii() or not digits.isdigit():
            raise ValidationError(self.fields["code"].error_messages["required"], code="digits")
        return digits


@csrf_exempt  # no cookie is read: the sealed handle and the code are what counts
@require_http_methods(["GET", "HEAD", "POST"])
def check_email(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a mail is on its way; take the code of the mail; send the mail again."""
    found = find(slug)
    handle = _handle(request, found)
    if request.method != "POST":
        return page(request, found, handle, CodeForm())
    form = CodeForm(request.POST if "code" in request.POST else None)
    if origins.is_foreign(request):
        return page(request, found, handle, CodeForm(), status=403)
    if handle is None:
        return page(request, found, None, CodeForm(), status=410)
    if "again" in request.POST:
        signatures.resend(letter_id=handle.letter_id, mailbox=handle.mailbox, at=timezone.now())
        query = urlencode({"h": request.GET["h"], "again": 1})
        return SeeOther(reverse("letters:check_email", args=[slug]) + "?" + query)
    return _open(request, found, handle, form)


def _open(request: HttpRequest, found: PublicLetter, handle: Handle, form: CodeForm) -> HttpResponse:
    now = timezone.now()
    if form.is_valid():
        try:
            uid = pending.open_by_code(
                letter_id=handle.letter_id, mailbox=handle.mailbox, code=form.cleaned_data["code"], at=now
            )
        except pending.WrongCode as refusal:
            form.add_error("code", str(refusal.message))
        else:
            response = to_signature("confirm", uid)
            cookies.give(response, uid=uid, at=now)
            return caching.personal(response)
    return page(request, found, handle, form, status=422)


def _handle(request: HttpRequest, found: PublicLetter) -> Handle | None:
    try:
        handle = tokens.read_handle(request.GET.get("h", ""))
    except tokens.BadToken:
        return None
    fresh = timezone.now() - handle.issued <= limits.CHECK_EMAIL_FOR
    return handle if fresh and handle.letter_id == found.letter.pk else None


def page(
    request: HttpRequest, found: PublicLetter, handle: Handle | None, form: CodeForm, *, status: int = 200
) -> HttpResponse:
    """Return the page with what the handle knows; without one it offers no code and no second mail."""
    context = base_context(found) | {
        "masked": handle.masked if handle else "",
        "fresh": handle is not None,
        "again": "again" in request.GET,
        "form": form,
        "mailbox": _mailbox(),
    }
    return caching.personal(render(request, "signatures/check_email.html", context, status=status))


def _mailbox() -> str:
    """Return the address of the development mailbox, or nothing where mails really leave."""
    folder = settings.DEBUG and settings.EMAIL_BACKEND.endswith("FolderBackend")
    return reverse("mailbox") if folder else ""
