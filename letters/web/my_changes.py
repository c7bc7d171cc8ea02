"""What the owner of a signature changes: what it says, why they signed, which links open it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from letters import limits, text
from letters.models import Signature
from letters.refusal import Refusal
from letters.services import claims, links, reasons
from letters.web import cookies, own
from letters.web.forms import ChangeForm
from letters.web.redirects import to_signature


class ReasonForm(forms.Form):
    """Two sentences at most."""

    reason = forms.CharField(
        label=_("Why you signed"),
        required=False,
        max_length=limits.REASON_MAX,
        strip=False,
        help_text=_("Shown with your name once a person has read it. Leave it empty to take it away."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean_reason(self) -> str:
        """Refuse what cannot be shown safely; line breaks become spaces."""
        return text.one_line(self.cleaned_data["reason"])


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what a signature says. Before it is confirmed that leads back to the button."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if request.method != "POST":
        return own.page(request, "change", signature, form=ChangeForm(signature=signature))
    form = ChangeForm(signature=signature, data=request.POST)
    if not form.is_valid():
        return own.page(request, "change", signature, status=422, form=form)
    try:
        claims.change(uid=uid, words=form.words(), at=timezone.now())
    except Refusal as refusal:
        return own.page(request, "manage", signature, status=409, refusal=refusal)
    return to_signature("manage" if signature.confirmed_at else "confirm", uid)


@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say why, or take it back."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    if request.method != "POST":
        form = ReasonForm(initial={"reason": signature.reason})
        return own.page(request, "reason", signature, form=form)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return own.page(request, "reason", signature, status=422, form=form)
    return _given(request, signature, form.cleaned_data["reason"])


def _given(request: HttpRequest, signature: Signature, words: str) -> HttpResponse:
    try:
        reasons.give(uid=signature.uid, reason=words, at=timezone.now())
    except Refusal as refusal:
        return own.page(request, "manage", signature, status=409, refusal=refusal)
    return to_signature("manage", signature.uid)


@require_POST
def revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let older links open nothing any more; this browser keeps its hour."""
    signature = cookies.opened(request, uid)
    if signature is None:
        return own.problem(request, "closed_door", status=403)
    now = timezone.now()
    links.revoke(uid=uid, at=now)
    response = to_signature("manage", uid)
    cookies.give(response, uid=uid, at=now)
    return response
