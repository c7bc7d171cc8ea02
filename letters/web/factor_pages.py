"""The pages of one's own second factors: enrolled, looked at, removed, shown again before what matters."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic.edit import FormView

from letters.refusal import Refusal
from letters.services import authenticators
from letters.web import caching
from letters.web.factor_forms import CodeAgain, PasskeyAgain
from letters.web.redirects import SeeOther
from letters.web.second_factors import enrolled, may_enrol, refuse


class Enrol(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """The page with the code to scan, for those who may."""

    template_name = "mfa/totp/activate_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Offer it also to whoever has an app: the new one takes its place once it has shown a code."""
        answer: HttpResponseBase = FormView.dispatch(self, request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell whether another app is replaced."""
        found = Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        return {**super().get_context_data(**kwargs), "replaces": found.exists()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Enrol it."""
        user, keep = self.request.user, self.request.session.session_key
        made = authenticators.enrol_app(user=user, secret=form.secret, keep=keep, at=timezone.now())
        clear_totp_secret(self.request)
        return enrolled(self.request, codes=made)


class Again(ReauthenticateView):  # type: ignore[misc]  # allauth ships no types
    """One page for every kind of second factor, before something that matters."""

    template_name = "mfa/reauthenticate.html"

    def get_form_class(self) -> Any:
        """Read what was sent: a passkey, or a code."""
        return PasskeyAgain if "credential" in self.request.POST else CodeAgain

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer a passkey beside the code."""
        context = super().get_context_data(**kwargs)
        options = auth.begin_authentication(self.request.user)
        form = context["form"]
        forms = {"form": form, "webauthn_form": self._empty(PasskeyAgain)}
        if isinstance(form, PasskeyAgain):
            forms = {"form": self._empty(CodeAgain), "webauthn_form": form}
        return {**context, **forms, "js_data": {"request_options": options}}

    def _empty(self, form: Any) -> Any:
        return form(user=self.request.user)


@login_required
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Offer an app for codes to whoever may enrol a factor; tell others what to do."""
    if not may_enrol(request):
        return refuse(request)
    answer: HttpResponseBase = reauthentication_required(app="allauth.mfa")(Enrol.as_view())(request)
    return answer


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show one's own factors, and the ways to the rest of the login."""
    return show(request, list(Authenticator.objects.filter(user_id=request.user.pk).order_by("pk")))


def show(request: HttpRequest, found: list[Any]) -> HttpResponse:
    """Return the page of one's own login."""
    kinds = Authenticator.Type
    context = {
        "app": next((one for one in found if one.type == kinds.TOTP), None),
        "codes": next((one.wrap() for one in found if one.type == kinds.RECOVERY_CODES), None),
        "passkeys": [one for one in found if one.type == kinds.WEBAUTHN],
    }
    return caching.personal(render(request, "mfa/index.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth ships no types
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a factor shall go; remove it when asked by POST."""
    rows = Authenticator.objects.filter(user_id=request.user.pk, pk=pk)
    found = rows.exclude(type=Authenticator.Type.RECOVERY_CODES).first()
    if found is None:
        raise Http404(pk)
    if request.method != "POST":
        return show_removal(request, found)
    keep = request.session.session_key
    try:
        authenticators.remove(user=request.user, pk=pk, keep=keep, at=timezone.now())  # type: ignore[arg-type]
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return SeeOther(reverse("mfa_index"))


def show_removal(request: HttpRequest, found: Any) -> HttpResponse:
    """Return the page that asks."""
    name = found.wrap().name if found.type == Authenticator.Type.WEBAUTHN else ""
    return caching.personal(render(request, "mfa/remove.html", {"name": name}))


@require_safe
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth ships no types
def codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes that are left. Looking at them writes nothing."""
    kind = Authenticator.Type.RECOVERY_CODES
    found = Authenticator.objects.filter(user_id=request.user.pk, type=kind).first()
    if found is None:
        raise Http404(kind)
    return show_codes(request, found.wrap().get_unused_codes())


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth ships no types
def new_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, when asked by POST."""
    if request.method != "POST":
        return caching.personal(render(request, "mfa/recovery_codes/generate.html"))
    try:
        authenticators.make_codes(user=request.user, at=timezone.now())  # type: ignore[arg-type]
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return SeeOther(reverse("mfa_index"))
    return SeeOther(reverse("mfa_view_recovery_codes"))


def show_codes(request: HttpRequest, unused: list[str]) -> HttpResponse:
    """Return the page with the codes."""
    return caching.personal(render(request, "mfa/recovery_codes/index.html", {"unused_codes": unused}))
