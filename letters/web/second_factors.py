"""The second factor: who must have one, and who may enrol one.

Whoever steals a password must not be able to add a factor of their own. So one is enrolled only in the
session in which an invitation was accepted, in one where a factor was shown already, and, while nobody
has any, by the first operator of the site.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters import factors
from letters.models import User
from letters.web import caching, sessions

PERMIT: Final = "may_enrol"
FREE: Final = frozenset(
    {
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "invitation",
        "logout",
        "mfa_activate_totp",
    }
)
"""Pages that open to a login without its second factor, too."""


class Gate:
    """Leads whoever has shown a password only from the desk and its pages to where a factor is enrolled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer instead of the page. The session of readers is not looked at."""
        match = request.resolver_match
        if match is None or not _is_guarded(match) or not request.user.is_authenticated:
            return None
        if settings.DESK_SECOND_FACTOR and not _verified(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        sessions.note(request, at=timezone.now())
        return None


class Enrol(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """The page with the code to scan, for those who may."""

    template_name = "mfa/totp/activate_form.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Enrol it. Whoever copied a code from it has shown it, too."""
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, factors.SECOND, reauthenticated=True)
        self.request.session.pop(PERMIT, None)
        return answer


@login_required
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Offer a second factor to whoever may enrol one; tell others what to do."""
    if not _may_enrol(request):
        return caching.personal(render(request, "accounts/not_enrolled.html", status=403))
    answer: HttpResponseBase = Enrol.as_view()(request)
    return answer


@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes that are left. Looking at them writes nothing."""
    kind = Authenticator.Type.RECOVERY_CODES
    found = Authenticator.objects.filter(user_id=request.user.pk, type=kind).first()
    if found is None:
        raise Http404(kind)
    return show_codes(request, found.wrap().get_unused_codes())


def closed(request: HttpRequest) -> HttpResponse:
    """Answer that there is no such page: the address of a login does not change, another is invited."""
    raise Http404


def show_codes(request: HttpRequest, unused: list[str]) -> HttpResponse:
    """Return the page with the codes."""
    return caching.personal(render(request, "mfa/recovery_codes/index.html", {"unused_codes": unused}))


def let_enrol(request: HttpRequest, user: User) -> None:
    """Let this session enrol a second factor for a person who accepted an invitation in it."""
    request.session[PERMIT] = user.pk


def _is_guarded(match: ResolverMatch) -> bool:
    if match.url_name in FREE:
        return False
    return match.url_name == "preview" or match.route.startswith(("admin/", "accounts/"))


def _verified(request: HttpRequest) -> bool:
    return factors.verified(get_authentication_records(request, request.user))


def _may_enrol(request: HttpRequest) -> bool:
    if not settings.DESK_SECOND_FACTOR or _verified(request):
        return True
    if request.session.get(PERMIT) == request.user.pk:
        return not Authenticator.objects.filter(user_id=request.user.pk).exists()
    return _is_first(request.user.pk)


def _is_first(pk: int | None) -> bool:
    """Whether this is the first operator of a site on which nobody has a second factor yet."""
    first = User.objects.filter(is_superuser=True).order_by("pk").values_list("pk", flat=True).first()
    return first == pk and not Authenticator.objects.exists()
