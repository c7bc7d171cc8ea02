"""An organizer changes a published text: what changes is shown first, and only that is published."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.models import Letter, LetterText
from letters.services import letters, versions
from tests import builders

pytestmark = pytest.mark.django_db
NEW = "Dear Ministers,\n\nEvery evening people board the train and wake up elsewhere.\n\nWith respect,"
WEIGHTY = NEW.replace("Every", "Not every")


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


@pytest.fixture
def letter() -> Letter:
    return builders.letter(at=timezone.now())


def page(letter: Letter) -> str:
    return reverse("admin:letters_letter_version", args=[letter.pk])


def words(letter: Letter, **changed: str) -> dict[str, str]:
    last = letter.texts.order_by("-version")[0]
    begun = {"title": last.title, "addressees": last.addressees, "body": last.body}
    return {**begun, "kind": "correction", "reason": "A word was missing.", **changed}


def seen(response: Any) -> str:
    return str(response.context["form"].data["seen"])


def newest(letter: Letter) -> LetterText:
    return letter.texts.order_by("-version")[0]


def test_the_words_in_force_are_there_to_be_changed(ada: Client, letter: Letter) -> None:
    shown = ada.get(page(letter))
    assert shown.context["form"].initial["body"] == newest(letter).body
    assert page(letter) in ada.get(reverse("admin:letters_letter_change", args=[letter.pk])).content.decode()


def test_what_changes_is_shown_and_then_published(ada: Client, letter: Letter) -> None:
    compared = ada.post(page(letter), words(letter, body=NEW))
    assert compared.status_code == 200
    assert "<ins>" in compared.content.decode()
    assert newest(letter).version == 1
    done = ada.post(page(letter), {**words(letter, body=NEW), "seen": seen(compared), "publish": ""})
    assert done.status_code == 302
    text = newest(letter)
    assert (text.version, text.kind, text.reason, text.body) == (2, "correction", "A word was missing.", NEW)
    assert text.published_at is not None


def test_other_words_than_those_shown_are_compared_first(ada: Client, letter: Letter) -> None:
    compared = ada.post(page(letter), words(letter, body=NEW))
    other = {**words(letter, body=NEW + "\n\nAll.", kind="amendment"), "seen": seen(compared), "publish": ""}
    again = ada.post(page(letter), other)
    assert again.status_code == 200
    assert "All." in again.content.decode()
    assert newest(letter).version == 1
    assert ada.post(page(letter), {**other, "seen": seen(again)}).status_code == 302


def test_looking_once_more_publishes_nothing(ada: Client, letter: Letter) -> None:
    compared = ada.post(page(letter), words(letter, body=NEW))
    assert ada.post(page(letter), {**words(letter, body=NEW), "seen": seen(compared)}).status_code == 200
    assert newest(letter).version == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": ""}, "This field is required"),
        ({"kind": "first"}, "Select a valid choice"),
        ({"body": " "}, "This field is required"),
    ],
)
def test_what_is_missing_is_said_and_the_words_stay(
    ada: Client, letter: Letter, fields: dict[str, str], says: str
) -> None:
    response = ada.post(page(letter), words(letter, **{"title": "Another title", **fields}))
    shown = response.content.decode()
    assert says in shown
    assert "Another title" in shown
    assert newest(letter).version == 1


def test_the_same_words_are_refused_beside_the_form(ada: Client, letter: Letter) -> None:
    compared = ada.post(page(letter), words(letter))
    refused = ada.post(page(letter), {**words(letter), "seen": seen(compared), "publish": ""})
    assert "The words are those that are published already" in refused.content.decode()


def test_a_closed_letter_takes_no_version(ada: Client, letter: Letter) -> None:
    letters.close(letter=letter, by=None, at=timezone.now())
    response = ada.get(page(letter))
    assert response.status_code == 302
    assert any("between its publication" in str(one) for one in get_messages(response.wsgi_request))


def test_a_version_that_a_colleague_published_meanwhile_is_compared_with_first(
    ada: Client, letter: Letter
) -> None:
    mine = {**words(letter, body=NEW, kind="amendment"), "publish": ""}
    compared = ada.post(page(letter), mine)
    theirs = LetterText(letter=letter, kind="amendment", reason="More.", title="T", addressees="A", body="B")
    versions.publish(text=theirs, by=None, at=timezone.now())
    again = ada.post(page(letter), {**mine, "seen": seen(compared)})
    assert again.status_code == 200
    assert newest(letter).version == 2
    assert ada.post(page(letter), {**mine, "seen": seen(again)}).status_code == 302
    assert newest(letter).version == 3
