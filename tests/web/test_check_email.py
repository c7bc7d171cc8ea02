"""The page after signing: the code, once more, and the same words for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from letters import limits, tokens
from letters.enums import SignatureState
from letters.models import Message, Signature
from tests import builders

pytestmark = pytest.mark.django_db


def sign(client: Client, email: str = "ben@example.org") -> str:
    """Sign and return the address of the next page."""
    if not Signature.objects.exists():
        builders.letter(at=timezone.now() - timedelta(days=1))
    form = {"name": "Ben Okafor", "email": email, "visibility": "public"}
    return str(client.post("/letters/night-trains/sign/", form)["Location"])


def enter(client: Client, page: str, code: str) -> Any:
    return client.post(page, {"code": code})


def code_of(one: Signature) -> str:
    return tokens.code(uid=one.uid)


@pytest.mark.parametrize(
    "spelling",
    [
        lambda code: code,
        lambda code: f" {code[:3]} {code[3:]} ",
        lambda code: f"{code[:3]}-{code[3:]}",
        lambda code: "".join(chr(0x0660 + int(digit)) for digit in code),
        lambda code: "".join(chr(0xFF10 + int(digit)) for digit in code),
    ],
    ids=["plain", "spaces", "hyphen", "Arabic", "full width"],
)
def test_the_code_opens_the_page_to_confirm(client: Client, spelling: Any) -> None:
    page = sign(client)
    one = Signature.objects.get()
    response = enter(client, page, spelling(code_of(one)))
    assert (response.status_code, response["Location"]) == (303, f"/my-signature/{one.uid}/confirm/")
    assert "Confirm my signature" in client.get(response["Location"]).content.decode()
    assert builders.stored(one.uid).state == SignatureState.PENDING


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "½23456", "12 34 5"])
def test_what_is_no_code_is_said_so_and_costs_no_try(client: Client, code: str) -> None:
    page = sign(client)
    response = enter(client, page, code)
    assert response.status_code == 422
    assert "Enter the 6 digits" in response.content.decode()
    assert Signature.objects.get().code_tries == 0


def test_a_wrong_code_gets_a_sentence_that_helps(client: Client) -> None:
    page = sign(client)
    code = f"{(int(code_of(Signature.objects.get())) + 1) % 1_000_000:06}"
    response = enter(client, page, code)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "There is a problem" in shown
    assert "This code does not open anything." in shown


def test_a_page_of_somebody_elses_letter_or_of_yesterday_opens_nothing(client: Client) -> None:
    page = sign(client)
    one = Signature.objects.get()
    builders.letter("other-letter", at=timezone.now() - timedelta(days=1))
    other = page.replace("night-trains", "other-letter")
    assert enter(client, other, code_of(one)).status_code == 410
    with time_machine.travel(timezone.now() + limits.CHECK_EMAIL_FOR + timedelta(minutes=1)):
        assert enter(client, page, code_of(one)).status_code == 410
    assert not client.cookies


def test_another_site_cannot_post_here(client: Client) -> None:
    page = sign(client)
    code = code_of(Signature.objects.get())
    response = client.post(page, {"code": code}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert not client.cookies


def test_send_it_again_queues_one_mail_a_minute(client: Client) -> None:
    page = sign(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)) as clock:
        for _ in range(3):
            response = client.post(page, {"again": "1"})
            assert response.status_code == 303
        assert "We are sending it once more." in client.get(response["Location"]).content.decode()
        assert Message.objects.count() == 2
        clock.shift(timedelta(minutes=1))
        client.post(page, {"again": "1"})
    assert Message.objects.count() == 3
