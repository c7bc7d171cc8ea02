"""T15: a passkey is two factors, enrolled and removed only by those who may."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from letters import tokens
from letters.models import Event, Organization, Session, User
from letters.tokens import Purpose
from tests import builders
from tests.builders import PASSWORD
from tests.passkey import Device

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ORIGIN = "https://letters.example.org"
DESK, LOGIN, ADD = reverse("admin:index"), reverse("account_login"), reverse("mfa_add_webauthn")
PASSKEY, CODE, INDEX = reverse("mfa_login_webauthn"), reverse("mfa_authenticate"), reverse("mfa_index")
OPTIONS = re.compile(r'<script id="passkey-options" type="application/json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    settings.DESK_SECOND_FACTOR = True
    settings.SITE_URL = ORIGIN
    cache.clear()


@pytest.fixture
def home() -> Organization:
    return builders.organization()


@pytest.fixture
def noor(home: Organization) -> Client:
    """The browser in which Noor has just accepted an invitation."""
    uid = builders.invited(home, email="noor@example.org", at=timezone.now()).uid
    client = Client()
    token = tokens.make(Purpose.INVITATION, uid=uid, at=timezone.now())
    client.post(reverse("letters:invitation", args=[token]), {"name": "Noor", "password": PASSWORD})
    return client


def options(client: Client, page: str) -> Any:
    found = OPTIONS.search(client.get(page).content.decode())
    assert found
    return json.loads(unescape(found[1]))


def enrol(client: Client, device: Device, name: str = "Phone") -> str:
    answer = client.post(ADD, {"name": name, "credential": device.create(options(client, ADD))})
    return str(answer.headers.get("Location", ""))


def log_in(device: Device, way: str = "") -> tuple[Client, str]:
    client = Client()
    asked = client.get(PASSKEY, headers={"accept": "application/json"}).json()["request_options"]
    answer = client.post(PASSKEY, {"credential": device.get(asked), "next": way})
    return client, answer["Location"]


def enter_password(email: str = "noor@example.org") -> Client:
    client = Client()
    assert client.post(LOGIN, {"login": email, "password": PASSWORD})["Location"] == CODE
    return client


def app_code(steps: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def told() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


def test_a_passkey_takes_the_place_of_the_app_and_brings_recovery_codes(noor: Client) -> None:
    assert noor.get(DESK)["Location"] == reverse("mfa_activate_totp")
    assert ADD in noor.get(reverse("mfa_activate_totp")).content.decode()
    assert enrol(noor, Device(origin=ORIGIN)) == reverse("mfa_view_recovery_codes")
    assert (
        len(re.findall(r"\d{8}</code>", noor.get(reverse("mfa_view_recovery_codes")).content.decode())) == 10
    )
    assert noor.get(DESK).status_code == 200
    assert told()[-2:] == ["factor.enrolled", "codes.made"]


def test_it_is_asked_for_the_host_of_the_site_and_only_when_the_device_verifies_its_owner(
    noor: Client,
) -> None:
    asked = options(noor, ADD)["publicKey"]
    assert asked["rp"] == {"id": "letters.example.org", "name": "Undersigned"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert enrol(noor, Device(origin=ORIGIN, verifies=False)) == ""
    assert enrol(noor, Device(origin="https://evil.example")) == ""
    assert not Authenticator.objects.exists()


def test_a_passkey_alone_opens_the_desk_and_counts_as_shown(noor: Client, home: Organization) -> None:
    device = Device(origin=ORIGIN)
    enrol(noor, device)
    client, way = log_in(device)
    assert way == DESK
    assert client.get(DESK).status_code == 200
    draft = builders.draft(organization=home)
    assert client.get(reverse("admin:letters_letter_publish", args=[draft.pk])).status_code == 200


def test_it_leads_on_to_where_its_owner_wanted(noor: Client) -> None:
    device = Device(origin=ORIGIN)
    enrol(noor, device)
    assert log_in(device, reverse("sessions"))[1] == reverse("sessions")
    assert log_in(device, "https://evil.example/")[1] == DESK


@pytest.mark.parametrize("fault", ["unverified", "elsewhere", "unknown", "another challenge"])
def test_what_is_not_the_passkey_opens_nothing(noor: Client, fault: str) -> None:
    device = Device(origin=ORIGIN)
    enrol(noor, device)
    if fault == "unverified":
        device.flags = 1
    if fault == "elsewhere":
        device.origin = "https://letters.example.org.evil.example"
    if fault == "unknown":
        device = Device(origin=ORIGIN)
        device.host, device.owner = b"letters.example.org", b"1"
    client = Client()
    asked = client.get(PASSKEY, headers={"accept": "application/json"}).json()["request_options"]
    if fault == "another challenge":
        asked["publicKey"]["challenge"] = "AAAA"
    assert client.post(PASSKEY, {"credential": device.get(asked)})["Location"] == LOGIN
    assert client.get(DESK)["Location"].startswith(reverse("admin:login"))


def test_a_proof_opens_once(noor: Client) -> None:
    device = Device(origin=ORIGIN)
    enrol(noor, device)
    client = Client()
    proof = device.get(client.get(PASSKEY, headers={"accept": "application/json"}).json()["request_options"])
    client.post(PASSKEY, {"credential": proof})
    client.post(reverse("account_logout"))
    assert client.post(PASSKEY, {"credential": proof})["Location"] == LOGIN


@pytest.mark.parametrize(
    "sent", ["", "x", "1", "[]", "{}", "null", '"x"', '{"id": 1}', '{"response": {"userHandle": "!!"}}',
             '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}', "[" * 2000],
)  # fmt: skip
def test_what_is_no_passkey_is_refused_and_breaks_nothing(noor: Client, sent: str) -> None:
    enrol(noor, Device(origin=ORIGIN))
    client = Client()
    client.get(PASSKEY, headers={"accept": "application/json"})
    assert client.post(PASSKEY, {"credential": sent})["Location"] == LOGIN
    second = enter_password()
    second.get(CODE)
    assert second.post(CODE, {"credential": sent}).status_code == 200
    assert noor.post(reverse("mfa_reauthenticate"), {"credential": sent}).status_code == 200
    noor.get(ADD)
    assert noor.post(ADD, {"name": "X", "credential": sent}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_after_the_password_it_is_the_second_factor(noor: Client) -> None:
    device = Device(origin=ORIGIN)
    enrol(noor, device)
    client = enter_password()
    assert client.get(DESK)["Location"].startswith(reverse("admin:login"))
    assert client.post(CODE, {"credential": device.get(options(client, CODE))})["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_it_is_asked_for_again_before_what_matters(noor: Client, home: Organization) -> None:
    device = Device(origin=ORIGIN)
    enrol(noor, device)
    client, _way = log_in(device)
    session = client.session
    for proof in session["account_authentication_methods"]:
        proof["at"] -= 301
    session.save()
    page = reverse("admin:letters_letter_publish", args=[builders.draft(organization=home).pk])
    way = client.get(page)["Location"]
    assert way.startswith(reverse("mfa_reauthenticate"))
    assert client.post(way, {"password": PASSWORD}).status_code == 200
    assert client.get(page).status_code == 302
    assert client.post(way, {"credential": device.get(options(client, way))})["Location"] == page
    assert client.get(page).status_code == 200


def test_whoever_knows_the_password_only_enrols_none(home: Organization) -> None:
    TOTP.activate(builders.organizer(), SECRET)
    builders.member(home)
    thief = Client()
    thief.post(LOGIN, {"login": "fay@example.org", "password": PASSWORD})
    assert thief.get(ADD).status_code == 403
    assert thief.post(ADD, {"credential": "{}"}).status_code == 403
    for name in ("factor_name", "factor_remove"):
        assert thief.post(reverse(name, args=[1]))["Location"] == reverse("mfa_activate_totp")


def test_the_last_factor_stays_and_another_ends_all_other_sessions(noor: Client) -> None:
    device, spare = Device(origin=ORIGIN), Device(origin=ORIGIN)
    enrol(noor, device)
    only = Authenticator.objects.get(type="webauthn")
    said = noor.post(reverse("factor_remove", args=[only.pk]), follow=True).content.decode()
    assert "This is your only second factor" in said
    assert enrol(noor, spare, "Spare") == INDEX
    other, _way = log_in(device)
    assert other.get(DESK).status_code == 200
    assert noor.get(reverse("factor_remove", args=[only.pk])).status_code == 200
    assert noor.post(reverse("factor_remove", args=[only.pk]))["Location"] == INDEX
    assert other.get(DESK).status_code == 302
    assert noor.get(DESK).status_code == 200
    assert log_in(device)[1] == LOGIN
    assert told()[-1] == "factor.removed"
    assert Authenticator.objects.filter(type="recovery_codes").exists()


def test_another_phone_takes_the_place_of_the_old_one(noor: Client) -> None:
    user = User.objects.get(email="noor@example.org")
    enrol(noor, Device(origin=ORIGIN))
    TOTP.activate(user, SECRET)
    other = enter_password()
    other.post(CODE, {"code": app_code()})
    page = noor.get(reverse("mfa_activate_totp")).content.decode()
    assert "Another phone" in page
    secret = re.findall(r'<code dir="ltr">([A-Z2-7]{32})</code>', page)[0]
    shown = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert noor.post(reverse("mfa_activate_totp"), {"code": shown})["Location"] == INDEX
    assert Authenticator.objects.filter(type="totp").count() == 1
    assert told()[-2:] == ["factor.removed", "factor.enrolled"]
    assert not Session.objects.exclude(pk=noor.session.session_key).filter(user=user).exists()
    assert enter_password().post(CODE, {"code": app_code(1)}).status_code == 200


def test_passkeys_are_named_and_those_of_others_are_not_there(noor: Client, home: Organization) -> None:
    enrol(noor, Device(origin=ORIGIN), "  ")
    mine = Authenticator.objects.get(type="webauthn")
    assert str(mine) == "Passkey"
    assert noor.post(reverse("factor_name", args=[mine.pk]), {"name": ""}).status_code == 422
    assert noor.post(reverse("factor_name", args=[mine.pk]), {"name": "Ключ"}).status_code == 303
    assert "Ключ" in noor.get(INDEX).content.decode()
    foreign = TOTP.activate(builders.member(home), SECRET).instance
    for name in ("factor_name", "factor_remove"):
        for answer in (
            noor.get(reverse(name, args=[foreign.pk])),
            noor.post(reverse(name, args=[foreign.pk])),
        ):
            assert answer.status_code == 404


def test_new_recovery_codes_void_the_old_ones(noor: Client) -> None:
    enrol(noor, Device(origin=ORIGIN))
    page = reverse("mfa_view_recovery_codes")
    before = set(re.findall(r"\d{8}</code>", noor.get(page).content.decode()))
    assert noor.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    assert noor.post(reverse("mfa_generate_recovery_codes"))["Location"] == page
    after = set(re.findall(r"\d{8}</code>", noor.get(page).content.decode()))
    assert len(after) == 10
    assert before & after == set()
    assert told()[-1] == "codes.made"
