"""The login and the second factor, in their states."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any, Final

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from letters.models import Session, User
from letters.web import second_factors, sessions
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State, visit

NOOR: Final = User(name="Noor", email="noor@example.org")
SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - an example
CODES: Final = [f"{number * 10_406_323 % 10**8:08}" for number in range(1, 11)]


def _wrong_login(request: HttpRequest) -> HttpResponse:
    form = LoginForm(request=request, data={"login": "ada@", "password": ""})
    return render(request, "account/login.html", {"form": form})


def _page(template: str, **context: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return render(request, template, context)

    return show


def _code(template: str, data: dict[str, str] | None = None) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return render(request, template, {"form": AuthenticateForm(data, user=NOOR)})

    return show


def _password(request: HttpRequest) -> HttpResponse:
    return render(request, "account/reauthenticate.html", {"form": ReauthenticateForm(user=NOOR)})


def _enrol(request: HttpRequest) -> HttpResponse:
    form = AuthenticateForm(user=NOOR)
    form.secret = SECRET
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(NOOR, SECRET)).encode()
    picture = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"  # as allauth's own page says it
    context = {"form": form, "totp_svg_data_uri": picture}
    return render(request, "mfa/totp/activate_form.html", context)


def _codes(request: HttpRequest) -> HttpResponse:
    return second_factors.show_codes(request, CODES)


def _sessions(request: HttpRequest) -> HttpResponse:
    began, seen = cast.AS_OF - timedelta(hours=3), cast.AS_OF
    rows = [("Firefox", "Android"), ("Safari", "macOS"), ("", "")]
    found = [
        Session(session_key=str(number), browser=name, system=system, began_at=began, seen_at=seen)
        for number, (name, system) in enumerate(rows)
    ]
    return sessions.show(request, found, "0")


STATES: Final = (
    State("login", visit("account_login")),
    State("login-wrong", _wrong_login),
    State("login-forgotten", visit("account_reset_password")),
    State("sessions", _sessions),
    State("factor-code", _code("mfa/authenticate.html")),
    State("factor-code-wrong", _code("mfa/authenticate.html", {"code": ""})),
    State("factor-again", _code("mfa/reauthenticate.html")),
    State("factor-password-again", _password),
    State("factor-enrol", _enrol),
    State("factor-not-enrolled", _page("accounts/not_enrolled.html")),
    State("factor", _page("mfa/index.html", authenticators={"totp": True})),
    State("factor-none", _page("mfa/index.html", authenticators={})),
    State("factor-remove", _page("mfa/totp/deactivate_form.html")),
    State("factor-recovery", _codes),
    State("factor-recovery-new", _page("mfa/recovery_codes/generate.html")),
)
