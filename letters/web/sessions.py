"""Where one is logged in: what a session notes of itself, and the page on which others are ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from letters import browsers
from letters.models import Session, User
from letters.queries import sessions as queries
from letters.services import sessions
from letters.web import caching
from letters.web.redirects import SeeOther

BROWSER: Final = "browser"
BEGAN: Final = "began"
SEEN: Final = "seen"
NOTED_EACH: Final = timedelta(minutes=5)
"""A session that is used is stored no more often: finer times would tell how somebody works."""


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Note in a new session when it begins and the family of its browser, and nothing finer."""
    request.session[BROWSER] = browsers.of(request.headers.get("User-Agent", ""))
    request.session[BEGAN] = request.session[SEEN] = int(at.timestamp())


def note(request: HttpRequest, *, at: datetime) -> None:
    """Note that a session is used."""
    if at.timestamp() - request.session.get(SEEN, 0) >= NOTED_EACH.total_seconds():
        request.session[SEEN] = int(at.timestamp())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Show where one is logged in; end one of these sessions, or all but this one."""
    user, now = request.user, timezone.now()
    assert isinstance(user, User)  # noqa: S101 - told to mypy: login_required lets nobody else in
    own = request.session.session_key or ""
    if request.method == "POST":
        messages.success(request, _ended(user, request.POST.get("session", ""), own, now))
        return SeeOther(reverse("sessions"))
    return show(request, queries.of(user=user, at=now), own)


def show(request: HttpRequest, found: list[Session], own: str) -> HttpResponse:
    """Return the page; `own` is the key of the session that asks."""
    rows: list[dict[str, Any]] = [{"session": one, "own": one.session_key == own} for one in found]
    return caching.personal(render(request, "accounts/sessions.html", {"sessions": rows}))


def _ended(user: User, handle: str, own: str, at: datetime) -> str:
    if handle:
        sessions.end(user=user, handle=handle, at=at)
        return _("You are logged out there.")
    ended = sessions.end_others(user=user, keep=own, at=at)
    said = ngettext("%(number)s other session is over.", "%(number)s other sessions are over.", ended)
    return said % {"number": ended}
