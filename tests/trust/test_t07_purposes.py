"""T7: a token serves one purpose, for its time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters import addresses, tokens
from letters.models import Signature
from letters.tokens import Purpose
from letters.web.cookies import COOKIE
from tests import builders

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def one() -> Signature:
    return builders.signed(builders.letter(at=timezone.now() - timedelta(days=30)), at=timezone.now())


def by_link(token: str) -> int:
    return Client().get(f"/s/{token}/").status_code


def by_cookie(one: Signature, value: str) -> int:
    client = Client()
    client.cookies[COOKIE] = value
    return client.get(f"/my-signature/{one.uid}/").status_code


def by_handle(text: str) -> bool:
    """Whether the page after signing takes it as its handle."""
    return "…" in Client().get("/letters/night-trains/check-email/", {"h": text}).content.decode()


def handle_of(one: Signature, *, at: datetime) -> str:
    masked = addresses.masked("ben@example.org")
    return tokens.make_handle(letter_id=one.letter_id, mailbox=bytes(one.email_key), masked=masked, at=at)


@pytest.mark.parametrize(
    ("purpose", "opens"),
    [
        (Purpose.CONFIRM, (303, 403, False)),
        (Purpose.MANAGE, (303, 403, False)),
        (Purpose.COOKIE, (404, 200, False)),
        (None, (404, 403, True)),
    ],
)
def test_what_is_made_for_one_purpose_is_refused_for_others(
    one: Signature, purpose: Purpose | None, opens: tuple[int, int, bool]
) -> None:
    now = timezone.now()
    token = tokens.make(purpose, uid=one.uid, at=now) if purpose else handle_of(one, at=now)
    assert (by_link(token), by_cookie(one, token), by_handle(token)) == opens


@pytest.mark.parametrize(("age", "status"), [(-60 * SECOND, 303), (60 * SECOND, 410)])
def test_a_link_to_confirm_works_for_seven_days(one: Signature, age: timedelta, status: int) -> None:
    issued = timezone.now() - timedelta(days=7) - age
    assert by_link(tokens.make(Purpose.CONFIRM, uid=one.uid, at=issued)) == status


@pytest.mark.parametrize(("age", "status"), [(-60 * SECOND, 200), (60 * SECOND, 403)])
def test_a_cookie_opens_for_an_hour(one: Signature, age: timedelta, status: int) -> None:
    issued = timezone.now() - timedelta(hours=1) - age
    assert by_cookie(one, tokens.make(Purpose.COOKIE, uid=one.uid, at=issued)) == status


@pytest.mark.parametrize(("age", "taken"), [(-60 * SECOND, True), (60 * SECOND, False)])
def test_the_page_after_signing_opens_for_an_hour(one: Signature, age: timedelta, taken: bool) -> None:
    handle = handle_of(one, at=timezone.now() - timedelta(hours=1) - age)
    assert by_handle(handle) is taken


def test_a_link_that_expired_or_failed_names_nobody(one: Signature) -> None:
    old = tokens.make(Purpose.CONFIRM, uid=one.uid, at=timezone.now() - timedelta(days=8))
    shown = Client().get(f"/s/{old}/").content.decode()
    assert "This link has expired" in shown
    assert not any(word in shown for word in ("Ben Okafor", "ben@", str(one.uid), "<button"))
