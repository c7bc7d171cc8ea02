"""What changes a login is all or nothing, as every service is."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from letters.models import Session, User
from letters.services import authenticators, logins, resets, sessions, users
from tests import builders
from tests.breaking import prove_whole
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ada() -> User:
    user = builders.organizer()
    Session.objects.create(session_key="phone", session_data="", expire_date=NOW, user=user)
    return user


def noor() -> User:
    user = builders.member(builders.organization(), email="noor@example.org")
    TOTP.activate(user, SECRET)
    Session.objects.create(session_key="noor", session_data="", expire_date=NOW, user=user)
    return user


def change() -> Callable[[], object]:
    user = ada()
    user.is_active = False
    return lambda: users.change(user=user, by=None, at=NOW)


def change_password() -> Callable[[], object]:
    user = ada()
    user.set_password("an entirely new phrase")
    return lambda: users.change_password(user=user, by=user, at=NOW)


def end_one() -> Callable[[], object]:
    user = ada()
    handle = Session.objects.get().handle
    return lambda: sessions.end(user=user, handle=handle, at=NOW)


def end_others() -> Callable[[], object]:
    user = ada()
    return lambda: sessions.end_others(user=user, keep="", at=NOW)


def forget() -> Callable[[], object]:
    ada()
    return lambda: sessions.forget(at=NOW)


def enrol_app() -> Callable[[], object]:
    user = noor()
    return lambda: authenticators.enrol_app(user=user, secret=SECRET, keep="", at=NOW)


def enrol_key() -> Callable[[], object]:
    user = ada()
    return lambda: authenticators.enrol_key(user=user, name="Phone", credential={}, at=NOW)


def rename() -> Callable[[], object]:
    user = ada()
    authenticators.enrol_key(user=user, name="Phone", credential={}, at=NOW)
    pk = Authenticator.objects.get(type="webauthn").pk
    return lambda: authenticators.rename(user=user, pk=pk, name="Key", at=NOW)


def remove() -> Callable[[], object]:
    user = noor()
    pk = Authenticator.objects.get().pk
    authenticators.enrol_key(user=user, name="Phone", credential={}, at=NOW)
    return lambda: authenticators.remove(user=user, pk=pk, keep="", at=NOW)


def make_codes() -> Callable[[], object]:
    user = noor()
    return lambda: authenticators.make_codes(user=user, at=NOW)


def lock() -> Callable[[], object]:
    return lambda: logins.lock(user=None, way="password", at=NOW)


def mail_code() -> Callable[[], object]:
    return lambda: logins.mail_code(email="ada@example.org", uid=uuid4(), at=NOW)


def ask() -> Callable[[], object]:
    user, by = noor(), builders.organizer()
    return lambda: resets.ask(user=user, organization=None, reason="Called.", by=by, at=NOW)


def give() -> Callable[[], object]:
    user, by, other = noor(), builders.organizer(), builders.organizer("eve@example.org")
    one = resets.ask(user=user, organization=None, reason="Called.", by=by, at=NOW)
    return lambda: resets.give(pk=one.pk, grounds="Met.", by=other, at=NOW)


def object_to() -> Callable[[], object]:
    one = resets.ask(user=noor(), organization=None, reason="Called.", by=builders.organizer(), at=NOW)
    return lambda: resets.object_to(pk=one.pk, at=NOW)


def reset_alone() -> Callable[[], object]:
    user = noor()
    return lambda: resets.reset_alone(email=user.email, at=NOW)


LAST_WRITES = [
    (change, "letters_event"),
    (change, "letters_session"),
    (change_password, "letters_event"),
    (change_password, "letters_message"),
    (end_one, "letters_event"),
    (end_others, "letters_event"),
    (forget, "letters_session"),
    (enrol_app, "letters_event"),
    (enrol_app, "letters_message"),
    (enrol_app, "letters_session"),
    (enrol_key, "letters_event"),
    (enrol_key, "letters_message"),
    (rename, "letters_event"),
    (remove, "letters_event"),
    (remove, "letters_message"),
    (remove, "letters_session"),
    (make_codes, "letters_event"),
    (make_codes, "letters_message"),
    (lock, "letters_event"),
    (mail_code, "letters_message"),
    (ask, "letters_message"),
    (give, "letters_event"),
    (give, "letters_message"),
    (object_to, "letters_event"),
    (reset_alone, "letters_message"),
]


@pytest.mark.parametrize(("prepare", "table"), LAST_WRITES)
def test_nothing_remains_of_what_broke(prepare: Callable[[], Callable[[], object]], table: str) -> None:
    call, factors = prepare(), list(Authenticator.objects.values("pk", "type", "data"))
    original = call

    def watched() -> object:
        try:
            return original()
        except Exception:
            assert list(Authenticator.objects.values("pk", "type", "data")) == factors
            raise

    prove_whole(watched, table)
