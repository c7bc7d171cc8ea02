"""T15: guessing is locked, whatever is guessed at; a locked page tells nobody who has a login."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from advocacy import breaker
from letters.models import Event, User
from letters.services import authenticators
from tests import builders
from tests.builders import NOW, PASSWORD
from tests.passkey import Device

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ORIGIN = "https://letters.example.org"
LOGIN, CODE, DESK = reverse("account_login"), reverse("mfa_authenticate"), reverse("admin:index")
PASSKEY, ASK = reverse("mfa_login_webauthn"), reverse("account_request_login_code")
JSON = {"accept": "application/json"}
FAY, NOBODY = "fay@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def fay(settings: Settings) -> User:
    """Fay has an app and recovery codes."""
    settings.DESK_SECOND_FACTOR = True
    settings.SITE_URL = ORIGIN
    cache.clear()
    user = builders.member(builders.organization())
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def without_redis() -> Iterator[None]:
    breaker.REDIS.resting_until = time.monotonic() + 600
    yield
    breaker.REDIS.resting_until = 0.0


def app_code(steps: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def enter(email: str = FAY, password: str = PASSWORD, *, network: str = "203.0.113.9") -> tuple[Client, str]:
    client = Client(REMOTE_ADDR=network)
    answer = client.post(LOGIN, {"login": email, "password": password})
    return client, answer.headers.get("Location", "") or answer.content.decode()


def locks() -> list[tuple[str, str]]:
    events = Event.objects.filter(name="login.locked").order_by("pk")
    return [(event.subject, event.data["way"]) for event in events]


def without_names(page: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return page.replace(FAY, "ADDRESS").replace(NOBODY, "ADDRESS")


def test_a_locked_password_looks_the_same_for_whoever_has_a_login_and_for_others(fay: User) -> None:
    pages = []
    for number, email in enumerate((FAY, NOBODY)):
        network = f"198.51.{number}.7"
        for _try in range(5):
            enter(email, "wrong", network=network)
        pages.append(without_names(enter(email, network=network)[1]))
    assert pages[0] == pages[1]
    assert "There were too many tries" in pages[0]
    assert locks() == [(f"user:{fay.pk}", "password"), ("login", "password")]
    assert NOBODY not in str(list(Event.objects.values()))


def test_the_lock_of_an_address_holds_from_every_network() -> None:
    for number in range(5):
        enter(password="wrong", network=f"198.51.{number}.7")
    assert "There were too many tries" in enter(network="192.0.2.7")[1]
    assert len(locks()) == 1


def test_one_network_does_not_try_many_addresses() -> None:
    for number in range(10):
        enter(f"somebody{number}@example.org", "wrong")
    assert "There were too many tries" in enter()[1]
    assert enter(network="192.0.2.7")[1] == CODE


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_codes_are_tried_five_times_over_all_browsers(fay: User, kind: str) -> None:
    right = app_code()
    if kind == "recovery":
        right = Authenticator.objects.get(user=fay, type="recovery_codes").wrap().get_unused_codes()[0]
    for number in range(5):
        client, way = enter(network=f"198.51.{number}.7")
        client.post(way, {"code": f"{number:06}"})
    client, way = enter(network="192.0.2.7")
    assert "There were too many tries" in client.post(way, {"code": right}).content.decode()
    assert client.get(DESK).status_code == 302
    assert locks() == [(f"user:{fay.pk}", "factor")]


def test_a_code_of_the_app_opens_once(fay: User) -> None:
    shown = app_code()
    for location in (DESK, ""):
        client, way = enter()
        assert client.post(way, {"code": shown}).headers.get("Location", "") == location


def passkey_of(user: User) -> Device:
    device = Device(origin=ORIGIN)
    device.host, device.owner = b"letters.example.org", b"1"
    made = device.create({"publicKey": {"rp": {"id": "letters.example.org"}, "challenge": "AAAA",
                                        "user": {"id": "MQ"}}})  # fmt: skip
    authenticators.enrol_key(user=user, name="Phone", credential=json.loads(made), at=NOW)
    return device


def test_wrong_passkeys_after_the_password_are_counted_with_the_codes(fay: User) -> None:
    passkey_of(fay)
    wrong = Device(origin=ORIGIN)
    wrong.host, wrong.owner = b"letters.example.org", b"1"
    client, way = enter()
    for _try in range(5):
        page = client.get(way).content.decode()
        found = re.search(r'application/json">(.*?)</script>', page)
        assert found
        client.post(way, {"credential": wrong.get(json.loads(found[1]))})
    assert "There were too many tries" in client.post(way, {"code": app_code()}).content.decode()
    assert locks() == [(f"user:{fay.pk}", "factor")]


def test_passkeys_alone_are_tried_ten_times_a_minute_by_a_network_and_lock_nobody_else(fay: User) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _try in range(10):
        client.get(PASSKEY, headers=JSON)
        assert client.post(PASSKEY, {"credential": "{}"})["Location"] == LOGIN
    locked = client.post(PASSKEY, {"credential": "{}"})
    assert locked.status_code == 429
    assert "Your network tried this too often" in locked.content.decode()
    assert Client(REMOTE_ADDR="192.0.2.7").post(PASSKEY, {"credential": "{}"}).status_code == 302
    assert enter(network="192.0.2.8")[1] == CODE


@pytest.mark.usefixtures("without_redis")
def test_without_redis_nobody_gets_in_and_the_page_says_why() -> None:
    assert "tries cannot be counted right now" in enter()[1]
    assert "tries cannot be counted right now" in enter(NOBODY, "wrong")[1]
    client = Client()
    assert client.post(PASSKEY, {"credential": "{}"}).status_code == 429
    assert "none can be counted right now" in client.post(ASK, {"email": FAY}).content.decode()


def test_without_redis_whoever_is_in_goes_on_and_no_second_factor_is_guessed(fay: User) -> None:
    inside, way = enter()
    inside.post(way, {"code": app_code()})
    half, way = enter()
    breaker.REDIS.resting_until = time.monotonic() + 600
    try:
        assert inside.get(DESK).status_code == 200
        assert half.post(way, {"code": app_code(1)}).status_code == 200
        assert half.get(DESK).status_code == 302
    finally:
        breaker.REDIS.resting_until = 0.0
    assert half.post(way, {"code": app_code(1)})["Location"] == DESK
