"""A person reads a name before a reader does."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from letters.admin import told
from letters.enums import Display, Visibility
from letters.models import Signature
from letters.services import claims
from letters.services.claims import Words
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LIST = "admin:letters_name_changelist"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


@pytest.fixture
def one() -> Signature:
    """Ben, who waits; Cleo is private and Dov has not confirmed."""
    letter = builders.letter(names_after_review=True)
    builders.counted(letter, name="Cleo", email="cleo@example.org", visibility=Visibility.PRIVATE)
    builders.signed(letter, name="Dov", email="dov@example.org")
    return builders.counted(letter)


def page(one: Signature) -> str:
    return reverse("admin:letters_name_change", args=[one.pk])


def seen(client: Client, one: Signature) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(page(one)).content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("decision", "display", "declined"),
    [("show", Display.SHOWN, ""), ("insult", Display.DECLINED, "insult")],
)
def test_a_name_is_shown_or_declined(
    ada: Client, one: Signature, decision: str, display: str, declined: str
) -> None:
    listed = ada.get(reverse(LIST)).content.decode()
    assert "Ben Okafor" in listed
    assert "Cleo" not in listed
    assert "Dov" not in listed
    answer = ada.post(page(one), {"decision": decision, "seen": seen(ada, one)})
    assert (answer.status_code, answer["Location"]) == (302, reverse(LIST))
    after = builders.stored(one.uid)
    assert (after.display, after.declined) == (display, declined)
    assert "Ben Okafor" not in ada.get(reverse(LIST)).content.decode()
    assert "Ben Okafor" in ada.get(reverse(LIST), {"state": display}).content.decode()
    history = ada.get(reverse("admin:letters_name_history", args=[one.pk])).content.decode()
    assert told.what(f"name.{display}") in history


def test_the_page_shows_no_address_and_decides_nothing_without_a_choice(ada: Client, one: Signature) -> None:
    assert "ben@example.org" not in ada.get(page(one)).content.decode()
    assert ada.post(page(one), {"seen": seen(ada, one)}).status_code == 200
    assert builders.stored(one.uid).display == Display.WAITING


def test_a_name_that_changed_meanwhile_is_read_again(ada: Client, one: Signature) -> None:
    read = seen(ada, one)
    words = Words("Cheap Pills", one.role, "", "", builders.answers().visibility)
    claims.change(uid=one.uid, words=words, at=NOW)
    answer = ada.post(page(one), {"decision": "show", "seen": read}, follow=True)
    assert "Read it again, then decide." in answer.content.decode()
    assert builders.stored(one.uid).display == Display.WAITING
