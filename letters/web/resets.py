"""Two mailed links about a lost second factor: to stop its removal, and to enrol another."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from letters import limits, tokens
from letters.models import Approval, User
from letters.queries import resets as queries
from letters.refusal import Refusal
from letters.services import resets
from letters.tokens import BadToken, Purpose
from letters.web import caching
from letters.web.redirects import SeeOther
from letters.web.second_factors import let_enrol


@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """Say what was asked; stop it when asked by POST. It needs no login: its owner may have none left."""
    now = timezone.now()
    try:
        told = tokens.read(token, Purpose.OBJECTION)
    except BadToken:
        return show_objection(request, None, status=404)
    found = queries.waiting(pk=told.uid.int, at=now)
    if found is None:
        return show_objection(request, None, status=410)
    if request.method != "POST":
        return show_objection(request, found)
    try:
        resets.object_to(pk=found.pk, at=now)
    except Refusal:
        return SeeOther(request.path)
    return show_objection(request, found, stopped=True)


def show_objection(
    request: HttpRequest, found: Approval | None, *, stopped: bool = False, status: int = 200
) -> HttpResponse:
    """Return the page."""
    context = {"approval": found, "stopped": stopped}
    return caching.personal(render(request, "accounts/objection.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever has both the mail and the password enrol a factor, when they have none."""
    try:
        told = tokens.read(token, Purpose.ENROLMENT)
    except BadToken:
        return show_enrolment(request, "nobody", status=404)
    is_late = told.expired(at=timezone.now(), after=limits.INVITED_FOR)
    if is_late or Authenticator.objects.filter(user_id=told.uid.int).exists():
        return show_enrolment(request, "nobody", status=410)
    if not isinstance(request.user, User):
        return show_enrolment(request, "stranger")
    if request.user.pk != told.uid.int:
        return show_enrolment(request, "other")
    if request.method != "POST":
        return show_enrolment(request, "themselves")
    let_enrol(request, request.user)
    return SeeOther(reverse("mfa_activate_totp"))


def show_enrolment(request: HttpRequest, who: str, *, status: int = 200) -> HttpResponse:
    """Return the page. `who` tells whose login is open: `themselves`, `other`, `stranger`, or `nobody`."""
    context = {"who": who, "days": limits.INVITED_FOR.days}
    return caching.personal(render(request, "accounts/enrolment.html", context, status=status))
