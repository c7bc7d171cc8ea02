"""Pages that stand without a letter."""

from __future__ import annotations

from typing import Final

from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from letters.web.gallery.state import State, visit

PROBLEMS: Final = (
    "not-found",
    "gone",
    "names-not-offered",
    "invalid-parameter",
    "server-error",
    "unavailable",
)


def _wrong_login(request: HttpRequest) -> HttpResponse:
    form = LoginForm(request=request, data={"login": "ada@", "password": ""})
    return render(request, "account/login.html", {"form": form})


STATES: Final = (
    State("how-we-count", visit("letters:how_we_count")),
    State("accessibility", visit("letters:accessibility")),
    State("developers", visit("letters:developers")),
    State("reference", visit("api:reference")),
    State("problems", visit("problems:problems")),
    State("privacy", visit("letters:privacy")),
    State("login", visit("account_login")),
    State("login-wrong", _wrong_login),
    State("login-forgotten", visit("account_reset_password")),
    *(State(f"problem-{name}", visit("problems:problem", name)) for name in PROBLEMS),
)
