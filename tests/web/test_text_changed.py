"""A text that was replaced while somebody read it: they sign what they have seen, or nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.models import Letter, LetterText, Message, Signature
from letters.services import letters, versions
from tests import builders
from tests.web import own

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"
GOOD = {"name": "Noor van den Berg", "email": "noor@example.org", "visibility": "public", "form_key": "abc"}


def number_on(client: Client, path: str) -> str:
    """Return the number that the form of a page sends along."""
    return str(client.get(path).context["form"]["read"].value())


def post(client: Client, read: str | None, path: str = PAGE, **changes: str) -> Any:
    sent = {**GOOD, **changes} | ({} if read is None else {"read": read})
    return client.post(f"{path}sign/", sent)


def amended(letter: Letter, **fields: Any) -> LetterText:
    return builders.changed(letter, at=timezone.now(), **fields)


@pytest.mark.parametrize("page", ["", "sign/"])
def test_nothing_is_signed_that_was_not_read_until_the_reader_says_so(client: Client, page: str) -> None:
    letter = own.letter()
    read = number_on(client, PAGE + page)
    text = amended(letter)
    answer = post(client, read, role="Piano tuner")
    shown = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "The text was changed while you were reading. Read what it says now, then sign." in shown
    assert f'href="{PAGE}versions/"' in shown
    assert "<title>Error:" in shown
    for kept in ("Noor van den Berg", "noor@example.org", "Piano tuner", "abc"):
        assert f'value="{kept}"' in shown
    assert re.search(r'<input type="radio"[^>]* value="public"[^>]* checked', shown)
    assert not Signature.objects.exists()
    assert not Message.objects.exists()
    now = str(answer.context["form"]["read"].value())
    assert f'<input type="hidden" name="read" value="{now}"' in shown
    assert post(client, now).status_code == 303
    assert Signature.objects.get().text == text


@pytest.mark.parametrize("read", [None, "", "x", "1.0", "-1", "٣", "99999999999"])
def test_a_page_that_does_not_say_what_was_read_signs_the_text_as_it_is(
    client: Client, read: str | None
) -> None:
    text = amended(own.letter())
    assert post(client, read).status_code == 303
    assert Signature.objects.get().text == text


def test_knowing_what_was_read_costs_no_statement(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    amended(own.letter())
    with django_assert_num_queries(2):  # the text with its letter; the signature with the mail
        assert post(client, "2").status_code == 303


def test_an_error_in_the_answers_does_not_hide_that_the_text_changed(client: Client) -> None:
    letter = own.letter()
    read = number_on(client, PAGE)
    amended(letter)
    corrected = post(client, read, email="noor@")
    assert corrected.status_code == 422
    assert post(client, corrected.context["form"]["read"].value()).status_code == 409


def test_a_text_that_changes_twice_is_said_twice(client: Client) -> None:
    letter = own.letter()
    read = number_on(client, PAGE)
    amended(letter)
    again = post(client, read).context["form"]["read"].value()
    amended(letter, body="Dear Ministers,\n\nNo.")
    assert post(client, again).status_code == 409
    assert not Signature.objects.exists()


def test_a_closed_letter_says_that_it_is_closed_whatever_was_read(client: Client) -> None:
    letter = own.letter()
    amended(letter)
    letters.close(letter=letter, by=None, at=timezone.now())
    answer = post(client, "1")
    assert answer.status_code == 409
    assert "This letter is closed" in answer.content.decode()
    assert "while you were reading" not in answer.content.decode()


def test_each_language_has_its_own_number(client: Client) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=timezone.now() - timedelta(days=1))
    english, french = number_on(client, PAGE), number_on(client, f"/fr{PAGE}")
    assert {english, french} == {"1", "2"}
    assert post(client, french, f"/fr{PAGE}").status_code == 303
    assert Signature.objects.get().text.language == "fr"
    assert post(client, french, email="ben@example.org").status_code == 409
    assert post(client, english, email="ben@example.org").status_code == 303


def test_whoever_read_the_binding_text_for_want_of_a_translation_is_shown_the_translation(
    client: Client,
) -> None:
    letter = own.letter()
    read = number_on(client, f"/fr{PAGE}")
    text = LetterText(letter=letter, language="fr", title="Titre", addressees="À vous", body="Bonsoir,")
    versions.translate(text=text, by=None, at=timezone.now())
    answer = post(client, read, f"/fr{PAGE}")
    assert answer.status_code == 409
    assert f'href="/fr{PAGE}versions/"' in answer.content.decode()
