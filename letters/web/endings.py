"""Whoever was logged out without doing so reads why, and finds again what they had written."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from letters.web import caching

WHY: Final = _(
    "You were logged out. A session ends 12 hours after it was used last, 24 hours after it began, "
    "or when you end it elsewhere."
)
SECRET: Final = "password"  # noqa: S105 - what the names of its fields have in common


def ended(request: HttpRequest) -> bool:
    """Return whether a browser brings a session that is over. It must have been looked at before."""
    brought = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(brought) and request.session.session_key is None


def answer(request: HttpRequest) -> HttpResponse:
    """Lead to the login, and from there to the page that was asked for; what was sent is shown first."""
    if request.method == "POST":
        return show(request, _words(request), back=_page_of_form(request))
    messages.warning(request, WHY)
    return redirect_to_login(request.get_full_path())


def show(request: HttpRequest, words: list[str], *, back: str) -> HttpResponse:
    """Return the page for a form that came too late, with the words in it: they stand nowhere else."""
    way = f"{reverse('account_login')}?{urlencode({'next': back})}"
    context = {"why": WHY, "words": words, "way": way}
    return caching.personal(render(request, "accounts/ended.html", context, status=403))


def _words(request: HttpRequest) -> list[str]:
    """Return what somebody wrote, and neither passwords nor what a page sends by itself."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    return [value for name, value in sent if SECRET not in name and _is_written(value)]


def _is_written(value: str) -> bool:
    return len(value.split()) > 1 or not value.isascii()


def _page_of_form(request: HttpRequest) -> str:
    """Return the page on which the form stood: some are sent to where there is nothing to look at."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return request.get_full_path()
    return urlunsplit(("", "", page.path, page.query, ""))
