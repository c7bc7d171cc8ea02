"""Somebody is asked to sign on a page of the letter, which says the same for every address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import addresses, limits
from letters.enums import Role, Visibility
from letters.models import Guest, Letter, Mailbox
from letters.services import letters
from tests import builders

pytestmark = pytest.mark.django_db
NOOR = "noor@example.org"


@pytest.fixture
def letter() -> Letter:
    return builders.letter()


@pytest.fixture
def moderator(client: Client, letter: Letter) -> Client:
    client.force_login(builders.member(letter.organization, Role.MODERATOR))
    return client


def page(letter: Letter) -> str:
    return reverse("admin:letters_letter_invite", args=[letter.pk])


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u2060", "").split())


def ask(client: Client, letter: Letter, **said: str) -> str:
    return text(client.post(page(letter), {"email": NOOR, **said}, follow=True))


def now() -> datetime:
    return timezone.now()


def test_a_moderator_asks_sees_how_it_stands_and_takes_it_back(moderator: Client, letter: Letter) -> None:
    change = reverse("admin:letters_letter_change", args=[letter.pk])
    assert page(letter) in moderator.get(change).content.decode()
    shown = ask(moderator, letter, words="Dear  Noor, please.")
    assert "A mail is on its way, unless" in shown
    assert "no…@example.org" in shown
    assert NOOR not in shown
    assert '<span class="pill">Sent</span>' in shown
    one = Guest.objects.get()
    assert one.words == "Dear Noor, please."
    shown = text(moderator.post(page(letter), {"take_back": str(one.pk)}, follow=True))
    assert "taken back, and the address is deleted" in shown
    assert "no…@" not in shown
    assert "Address deleted" in shown
    shown = text(moderator.post(page(letter), {"take_back": str(one.pk)}, follow=True))
    assert "not open any more" in shown


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40])
def test_what_is_no_invitation_is_not_taken_back(moderator: Client, letter: Letter, number: str) -> None:
    shown = text(moderator.post(page(letter), {"take_back": number}, follow=True))
    assert "not open any more" in shown


@pytest.mark.parametrize("how", ["never again", "signed privately", "unknown"])
def test_the_page_says_the_same_of_every_address(moderator: Client, letter: Letter, how: str) -> None:
    if how == "never again":
        Mailbox.objects.create(
            key=addresses.site_key(NOOR), day=now().date(), unanswered=0, never_again_at=now()
        )
    if how == "signed privately":
        builders.counted(letter, email=NOOR, visibility=Visibility.PRIVATE, at=now())
    shown = ask(moderator, letter)
    assert "A mail is on its way, unless its reader wants none from this site." in shown
    assert '<span class="pill">Sent</span>' in shown


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"email": "noor"}, "valid email address"),
        ({"email": ""}, "required"),
        ({"words": "x" * (limits.GUEST_WORDS_MAX + 1)}, "at most 400 characters"),
        ({"words": "Dear \u202eNoor"}, "errorlist"),
    ],
)
def test_what_no_mail_can_hold_stays_in_the_form(
    moderator: Client, letter: Letter, said: dict[str, str], refused: str
) -> None:
    assert refused in ask(moderator, letter, **said)
    assert not Guest.objects.exists()


def test_what_the_service_refuses_stands_above_the_form(moderator: Client, letter: Letter) -> None:
    ask(moderator, letter)
    assert "Nobody gets a second mail." in ask(moderator, letter)
    assert Guest.objects.count() == 1


def test_a_letter_that_cannot_be_signed_shows_who_was_asked_and_no_form(
    moderator: Client, letter: Letter
) -> None:
    builders.guest(letter, at=now() - timedelta(days=1))
    letters.close(letter=letter, by=None, at=now())
    shown = text(moderator.get(page(letter)))
    assert "no…@example.org" in shown
    assert "Send the mail" not in shown


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER, Role.EXPORTER])
def test_others_find_no_way_there(client: Client, letter: Letter, role: Role) -> None:
    client.force_login(builders.member(letter.organization, role))
    change = reverse("admin:letters_letter_change", args=[letter.pk])
    assert page(letter) not in client.get(change).content.decode()
    assert client.get(page(letter)).status_code == 403
    assert client.post(page(letter), {"email": NOOR}).status_code == 403
    assert not Guest.objects.exists()
