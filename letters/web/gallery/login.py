"""The login and the second factor, in their states."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any, Final

from allauth.account.forms import (
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from letters.models import Session, User
from letters.web import endings, errors, factor_pages, passkeys, sessions
from letters.web.factor_forms import NameForm
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State, visit
from letters.web.password_forms import Change, Choose

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


def _code(template: str, data: dict[str, str] | None = None, *, passkeys: bool = False) -> Show:
    asked = {"publicKey": {"challenge": "AAAA", "allowCredentials": [{"type": "public-key", "id": "AAAA"}]}}

    def show(request: HttpRequest) -> HttpResponse:
        context: dict[str, Any] = {"form": AuthenticateForm(data, user=NOOR)}
        if passkeys:
            context["js_data"] = {"request_options": asked}
        return render(request, template, context)

    return show


def _password(request: HttpRequest) -> HttpResponse:
    return render(request, "account/reauthenticate.html", {"form": ReauthenticateForm(user=NOOR)})


def _enrol(request: HttpRequest, *, replaces: bool = False) -> HttpResponse:
    form = AuthenticateForm(user=NOOR)
    form.secret = SECRET
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(NOOR, SECRET)).encode()
    picture = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"  # as allauth's own page says it
    context = {"form": form, "totp_svg_data_uri": picture, "replaces": replaces}
    return render(request, "mfa/totp/activate_form.html", context)


def _mailed(data: dict[str, str] | None = None) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        form = ConfirmLoginCodeForm(data, code="123456")
        return render(request, "account/confirm_login_code.html", {"form": form, "email": NOOR.email})

    return show


def _new_password(data: dict[str, str] | None = None) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        form = Choose(data, user=NOOR, temp_key="")
        return render(request, "account/password_reset_from_key.html", {"form": form})

    return show


def _change_password(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_change.html", {"form": Change(user=NOOR)})


def _enrol_again(request: HttpRequest) -> HttpResponse:
    return _enrol(request, replaces=True)


def _passkey(request: HttpRequest) -> HttpResponse:
    options = {"publicKey": {"challenge": "AAAA"}}
    form = {"name": NameForm()["name"]}
    return render(request, "mfa/webauthn/add_form.html", {"form": form, "options": options})


def _passkey_name(data: dict[str, str] | None = None) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return passkeys.show_name(request, NameForm(data, initial={"name": "Phone"}))

    return show


def _factor(kind: str, pk: int, **data: Any) -> Authenticator:
    one = Authenticator(pk=pk, type=kind, data=data, created_at=cast.AS_OF - timedelta(days=90))
    one.last_used_at = cast.AS_OF
    return one


def _login(*found: Authenticator) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        rows = list(found)
        if rows:
            rows.append(_factor("recovery_codes", 9, migrated_codes=[get_adapter().encrypt("1")]))
        return factor_pages.show(request, rows)

    return show


def _removal(one: Authenticator) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return factor_pages.show_removal(request, one)

    return show


def _codes(request: HttpRequest) -> HttpResponse:
    return factor_pages.show_codes(request, CODES)


def _sessions(request: HttpRequest) -> HttpResponse:
    began, seen = cast.AS_OF - timedelta(hours=3), cast.AS_OF
    rows = [("Firefox", "Android"), ("Safari", "macOS"), ("", "")]
    found = [
        Session(session_key=str(number), browser=name, system=system, began_at=began, seen_at=seen)
        for number, (name, system) in enumerate(rows)
    ]
    return sessions.show(request, found, "0")


def _ended(*words: str) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return endings.show(request, list(words), back=reverse("admin:index"))

    return show


WRITTEN: Final = (
    "Night trains for the coast",
    "لقطارات الليل",
    "We ask the ministry to bring them back.\n\nThey ran for ninety years. " * 4,
)
ENROLLED: Final = (
    _factor("webauthn", 1, name="Phone"),
    _factor("webauthn", 2, name="مفتاح"),
    _factor("totp", 3),
)
STATES: Final = (
    State("login", visit("account_login")),
    State("login-wrong", _wrong_login),
    State("login-forgotten", visit("account_reset_password")),
    State("login-forgotten-sent", _page("account/password_reset_done.html")),
    State("login-new-password", _new_password()),
    State("login-new-password-wrong", _new_password({"password1": "", "password2": ""})),
    State("login-new-password-late", _page("account/password_reset_from_key.html", token_fail=True)),
    State("login-new-password-done", _page("account/password_reset_from_key_done.html")),
    State("login-change-password", _change_password),
    State("login-closed", visit("account_inactive")),
    State("logout", _page("account/logout.html")),
    State("login-code", visit("account_request_login_code")),
    State("login-code-enter", _mailed()),
    State("login-code-wrong", _mailed({"code": "000000"})),
    State("login-locked", errors.too_many_tries, 429),
    State("factor-code-or-passkey", _code("mfa/authenticate.html", passkeys=True)),
    State("factor-again-or-passkey", _code("mfa/reauthenticate.html", passkeys=True)),
    State("sessions", _sessions),
    State("session-ended", _ended(*WRITTEN), 403),
    State("session-ended-without-words", _ended(), 403),
    State("factor-code", _code("mfa/authenticate.html")),
    State("factor-code-wrong", _code("mfa/authenticate.html", {"code": ""})),
    State("factor-again", _code("mfa/reauthenticate.html")),
    State("factor-password-again", _password),
    State("factor-enrol", _enrol),
    State("factor-not-enrolled", _page("accounts/not_enrolled.html")),
    State("factor-another-phone", _enrol_again),
    State("factor-passkey", _passkey),
    State("factor-passkey-name", _passkey_name()),
    State("factor-passkey-name-wrong", _passkey_name({"name": ""}), 422),
    State("factor", _login(*ENROLLED)),
    State("factor-none", _login()),
    State("factor-remove", _removal(ENROLLED[0])),
    State("factor-remove-app", _removal(ENROLLED[2])),
    State("factor-recovery", _codes),
    State("factor-recovery-new", _page("mfa/recovery_codes/generate.html")),
)
