"""For who has lost our mail: one form, and one answer for every address."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters import limits
from letters.queries.letters import PublicLetter
from letters.services import links
from letters.web import caching, origins
from letters.web.forms import check_address
from letters.web.found import base_context, find
from letters.web.redirects import SeeOther


class AddressForm(forms.Form):
    """The address that somebody signed with."""

    email = forms.CharField(
        label=_("Email address"),
        max_length=limits.EMAIL_MAX,
        help_text=_("The one you signed with."),
        error_messages={"required": _("Enter your email address, like name@example.com.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
    )

    def clean_email(self) -> str:
        """Check the address without asking the network."""
        return check_address(self.cleaned_data["email"])


@csrf_exempt  # no cookie is read; `origins` tells our own form from another site's
@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a link to the signature of an address, if there is one. The answer never tells."""
    found = find(slug)
    form = AddressForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if origins.is_foreign(request):
            form.add_error(None, origins.SENT_FROM_ELSEWHERE)
            status = 403
        elif form.is_valid():
            links.send(letter=found.letter, email=form.cleaned_data["email"], at=timezone.now())
            return SeeOther(reverse("letters:lost_link", args=[slug]) + "?sent=1")
        else:
            status = 422
    return show(request, found, form, status=status, sent="sent" in request.GET)


def show(
    request: HttpRequest, found: PublicLetter, form: AddressForm, *, status: int = 200, sent: bool = False
) -> HttpResponse:
    """Return the form, or the answer that is the same for every address."""
    context = base_context(found) | {"form": form, "sent": sent}
    return caching.personal(render(request, "signatures/lost_link.html", context, status=status))
