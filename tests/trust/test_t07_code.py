"""T7: the six digits of a mail open one page, by five tries."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.delivery import email
from letters.enums import SignatureState
from letters.models import Message, Signature
from letters.services import signatures
from tests import builders
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
SIGN = "/letters/night-trains/sign/"
ARABIC, DEVANAGARI, WIDE = ord("٠"), ord("०"), ord("０")


def sign(address: str = "ben@example.org") -> str:
    """Post the form and return where it leads."""
    data = {"name": "Ben Okafor", "email": address, "visibility": "public"}
    response = Client().post(SIGN, data)
    assert response.status_code == 303
    return str(response["Location"])


def give(page: str, code: str, client: Client | None = None) -> Any:
    return (client or Client()).post(page, {"code": code})


def mailed_code(inbox: Inbox) -> str:
    assert email.drain(clock=timezone.now) == 1
    body = inbox.mails[-1].get_body(("plain",))
    assert body
    [code] = re.findall(r"\b\d{6}\b", body.get_content())
    return str(code)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.fixture(autouse=True)
def _letter() -> None:
    builders.letter(at=timezone.now() - timedelta(days=1))


def test_the_code_opens_the_page_to_confirm_and_confirms_nothing_itself(inbox: Inbox) -> None:
    page, client = sign(), Client()
    response = give(page, mailed_code(inbox), client)
    one = Signature.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/my-signature/{one.uid}/confirm/")
    assert one.state == SignatureState.PENDING
    assert "Confirm my signature" in client.get(response["Location"]).content.decode()
    assert Client().get(response["Location"]).status_code == 403
    assert client.post(response["Location"], {"seen": one.seen_digest()}).status_code == 303
    assert builders.stored(one.uid).state == SignatureState.CONFIRMED


@pytest.mark.parametrize("wrong", [4, 5])
def test_the_right_code_is_refused_after_five_tries(inbox: Inbox, wrong: int) -> None:
    page = sign()
    code = mailed_code(inbox)
    assert limits.CODE_TRIES == 5
    assert [give(page, other_than(code)).status_code for _ in range(wrong)] == [422] * wrong
    assert give(page, code).status_code == (303 if wrong < 5 else 422)


@pytest.mark.parametrize("how", ["form", "alias", "resend", "reminder"])
def test_nothing_that_a_stranger_can_do_gives_new_tries(inbox: Inbox, how: str) -> None:
    page = sign()
    code = mailed_code(inbox)
    for _ in range(limits.CODE_TRIES):
        give(page, other_than(code))
    Message.objects.all().delete()
    if how == "resend":
        assert Client().post(page, {"again": "1"}).status_code == 303
    elif how != "reminder":
        page = sign("Ben+again@example.org" if how == "alias" else "ben@example.org")
    assert give(page, code).status_code == 422
    assert Signature.objects.get().state == SignatureState.PENDING
    # The link in the mail works all the same.
    assert Client().get(inbox.link()).status_code == 303


@pytest.mark.parametrize("zero", [ord("0"), ARABIC, DEVANAGARI, WIDE])
@pytest.mark.parametrize("shape", ["{}{}", " {}{} ", "{} {}", "{}-{}", "{}\u00a0{}", "{}\u202f{}"])
def test_digits_of_any_script_and_spaces_are_taken(inbox: Inbox, zero: int, shape: str) -> None:
    page = sign()
    digits = "".join(chr(zero + int(digit)) for digit in mailed_code(inbox))
    assert give(page, shape.format(digits[:3], digits[3:])).status_code == 303


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "½23456", "１２３４5", "------"])
def test_what_is_no_code_costs_no_try(inbox: Inbox, typed: str) -> None:
    page = sign()
    code = mailed_code(inbox)
    assert [give(page, typed).status_code for _ in range(limits.CODE_TRIES)] == [422] * 5
    assert give(page, code).status_code == 303


def test_the_code_of_one_letter_or_mailbox_opens_no_other(inbox: Inbox) -> None:
    first = sign()
    code = mailed_code(inbox)
    second = sign("cleo@example.org")
    assert give(second, code).status_code == 422
    other = builders.letter("day-trains", at=timezone.now() - timedelta(days=1))
    assert give(first.replace("night-trains", other.slug), code).status_code == 410
    assert give(first, code).status_code == 303


def test_the_code_stops_with_the_link_after_seven_days(inbox: Inbox) -> None:
    page = sign()
    code = mailed_code(inbox)
    old = timezone.now() - limits.CONFIRM_WITHIN - timedelta(minutes=1)
    Signature.objects.update(created_at=old)
    assert give(page, code).status_code == 422


def test_a_confirmed_signature_opens_by_no_code(inbox: Inbox) -> None:
    page = sign()
    code = mailed_code(inbox)
    one = Signature.objects.get()
    signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=timezone.now())
    assert give(page, code).status_code == 422
