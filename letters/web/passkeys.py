"""Passkeys (Web Authentication, W3C): enrolled, and used instead of the password and the code.

Each is kept by a device that asks its owner for a finger, a face or a PIN before it is used (user
verification), so that one alone is two factors. A key that cannot do this cannot be enrolled.
"""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django.views.generic.edit import FormView

from letters.services import authenticators
from letters.web import caching, second_factors
from letters.web.factor_forms import NameForm, NewPasskey
from letters.web.redirects import SeeOther


class Add(AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """The page on which a device makes a passkey."""

    form_class = NewPasskey
    template_name = "mfa/webauthn/add_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for one that its device finds by itself, and uses only after it has verified its owner."""
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        return {**context, "options": auth.begin_registration(self.request.user, passwordless=True)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Enrol it."""
        made = authenticators.enrol_key(
            user=self.request.user,
            name=form.cleaned_data["name"],
            credential=form.cleaned_data["credential"],
            at=timezone.now(),
        )
        return second_factors.enrolled(self.request, codes=made)


class LogIn(NextRedirectMixin, LoginWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """What the button on the page of the login asks and sends."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in whoever it belongs to, and go on to where they wanted."""
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=self.get_next_url())
        answer: HttpResponse = flows.perform_passwordless_login(self.request, authenticator, login)
        return answer


@login_required
def add(request: HttpRequest) -> HttpResponseBase:
    """Offer a passkey to whoever may enrol a factor; tell others what to do."""
    if not second_factors.may_enrol(request):
        return second_factors.refuse(request)
    answer: HttpResponseBase = Add.as_view()(request)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth ships no types
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a passkey another name."""
    rows = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN, pk=pk)
    found = rows.first()
    if found is None:
        raise Http404(pk)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": found.wrap().name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        authenticators.rename(user=request.user, pk=pk, name=name, at=timezone.now())  # type: ignore[arg-type]
        return SeeOther(reverse("mfa_index"))
    return show_name(request, form)


def show_name(request: HttpRequest, form: NameForm) -> HttpResponse:
    """Return the page with the name."""
    status = 422 if form.is_bound else 200
    return caching.personal(render(request, "mfa/webauthn/edit_form.html", {"form": form}, status=status))
