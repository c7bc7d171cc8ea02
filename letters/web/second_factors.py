"""The second factor: who must have one, and who may enrol one.

Whoever steals a password must not be able to add a factor of their own. So one is enrolled only in the
session in which an invitation was accepted, in one where a factor was shown already, and, while nobody
has any, by the first operator of the site.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils import timezone

from letters import factors
from letters.models import User
from letters.web import caching, endings, sessions

PERMIT: Final = "may_enrol"
FREE: Final = frozenset(
    {
        "account_confirm_login_code",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "enrolment",
        "invitation",
        "logout",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_login_webauthn",
        "objection",
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
        if match is None or not _is_guarded(match):
            return None
        if not request.user.is_authenticated:
            return endings.answer(request) if endings.ended(request) else None
        if settings.DESK_SECOND_FACTOR and not _verified(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        sessions.note(request, at=timezone.now())
        return None


def enrolled(request: HttpRequest, *, codes: bool) -> HttpResponse:
    """Go on after a factor was enrolled: whoever enrolled it has shown it, too."""
    record_authentication(request, request.user, factors.SECOND, reauthenticated=True)
    request.session.pop(PERMIT, None)
    return HttpResponseRedirect(reverse("mfa_view_recovery_codes" if codes else "mfa_index"))


def refuse(request: HttpRequest) -> HttpResponse:
    """Return the page for whoever may enrol none."""
    return caching.personal(render(request, "accounts/not_enrolled.html", status=403))


def closed(request: HttpRequest) -> HttpResponse:
    """Answer that there is no such page: the address of a login does not change, another is invited."""
    raise Http404


def let_enrol(request: HttpRequest, user: User) -> None:
    """Let this session enrol a second factor for a person who accepted an invitation in it."""
    request.session[PERMIT] = user.pk


def _is_guarded(match: ResolverMatch) -> bool:
    if match.url_name in FREE:
        return False
    return match.url_name == "preview" or match.route.startswith(("admin/", "accounts/"))


def _verified(request: HttpRequest) -> bool:
    return factors.verified(get_authentication_records(request, request.user))


def may_enrol(request: HttpRequest) -> bool:
    """Return whether a factor may be enrolled in this session."""
    if not settings.DESK_SECOND_FACTOR or _verified(request):
        return True
    if request.session.get(PERMIT) == request.user.pk:
        return not Authenticator.objects.filter(user_id=request.user.pk).exists()
    return _is_first(request.user.pk)


def _is_first(pk: int | None) -> bool:
    """Whether this is the first operator of a site on which nobody has a second factor yet."""
    first = User.objects.filter(is_superuser=True).order_by("pk").values_list("pk", flat=True).first()
    return first == pk and not Authenticator.objects.exists()
