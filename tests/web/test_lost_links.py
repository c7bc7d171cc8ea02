"""Our mail is lost: one form, one answer for every address, and a link only where there is a signature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.delivery import email
from letters.models import Signature
from letters.services import erasures, signatures
from tests import builders
from tests.smtp import Inbox
from tests.web import own

pytestmark = pytest.mark.django_db
LOST = "/letters/night-trains/my-signature/"


def ask(client: Client, address: str) -> None:
    response = client.post(LOST, {"email": address})
    assert (response.status_code, response["Location"]) == (303, f"{LOST}?sent=1")
    assert not response.cookies


def sent(inbox: Inbox) -> list[tuple[str, str]]:
    """Send what waits, and return to whom and about what."""
    email.drain(clock=lambda: timezone.now() + timedelta(seconds=5))
    return [(mail["To"], mail["Subject"].strip()) for mail in inbox.mails]


def test_the_owner_gets_a_link_at_the_address_as_typed(client: Client, inbox: Inbox) -> None:
    one = own.counted()
    sent(inbox)
    inbox.mails.clear()
    ask(client, "Ben+lost@Example.org")
    assert sent(inbox) == [("Ben+lost@example.org", "Your signing link")]
    assert client.get(inbox.link())["Location"] == own.page(one)


def test_nobody_else_gets_anything(client: Client, inbox: Inbox) -> None:
    own.letter()
    ask(client, "eve@example.org")
    assert sent(inbox) == []


def test_who_has_not_confirmed_gets_that_mail_again(client: Client, inbox: Inbox) -> None:
    builders.signed(own.letter(), at=timezone.now() - timedelta(minutes=5))
    ask(client, "ben@example.org")
    assert {subject for _to, subject in sent(inbox)} == {
        'Confirm your signature: "Keep the night trains running"'
    }


@pytest.mark.parametrize("state", ["withdrawn", "forgotten"])
def test_also_who_withdrew_or_was_forgotten_finds_back(client: Client, inbox: Inbox, state: str) -> None:
    one = own.counted()
    now = timezone.now()
    signatures.withdraw(uid=one.uid, at=now) if state == "withdrawn" else erasures.erase(uid=one.uid, at=now)
    sent(inbox)
    inbox.mails.clear()
    ask(client, "ben@example.org")
    assert sent(inbox) == [("ben@example.org", "Your signing link")]
    assert "Hello ," not in inbox.mails[0].get_body(("plain",)).get_content()


def test_a_stranger_who_asks_again_and_again_fills_no_mailbox(client: Client, inbox: Inbox) -> None:
    own.counted()
    sent(inbox)
    inbox.mails.clear()
    for _ in range(20):
        ask(client, "ben@example.org")
    assert len(sent(inbox)) == 1  # one a minute, and a few a day
    assert limits.UNANSWERED_MOST < 20


def test_the_answer_is_the_same_for_every_address(client: Client) -> None:
    one = own.counted()
    seen = set()
    for address in ("ben@example.org", "eve@example.org", "ben@example.net"):
        answer = client.post(LOST, {"email": address})
        page = client.get(answer["Location"])
        seen.add((answer.status_code, str(sorted(answer.items())), page.content))
    assert len(seen) == 1
    assert Signature.objects.get() == one


@pytest.mark.parametrize("address", ["", "ben", "ben@", "a\x00@b.org", "x" * 300 + "@example.org"])
def test_a_slip_is_named(client: Client, address: str) -> None:
    own.letter()
    response = client.post(LOST, {"email": address})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


def test_another_site_cannot_send_this_form(client: Client) -> None:
    own.letter()
    response = client.post(LOST, {"email": "ben@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
