"""What an organizer does with a letter, request by request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from letters.admin.acts import ACTS
from letters.enums import LetterStatus
from letters.models import Event, Letter, Membership, Organization
from letters.services.letters import WrongState
from tests import builders

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Keep the night trains",
    "addressees": "The ministers",
    "body": "Dear Ministers,\n\nKeep them.",
}


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"admin:letters_letter_{name}", args=args)


def filled(**fields: Any) -> dict[str, Any]:
    """What the first page of a new letter asks for."""
    return {"organization": Organization.objects.earliest("pk").pk, "language": "en", **WORDS, **fields}


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_from_an_organization_to_a_closed_letter(ada: Client) -> None:
    ada.post(reverse("admin:letters_organization_add"), {
        "name": "Night Rail", "slug": "night-rail", "legal_name": "Night Rail e. V.",
        "contact": "press@nightrail.example",
    })  # fmt: skip
    assert Membership.objects.get().role == "owner"
    ada.post(page("add"), filled())
    letter = Letter.objects.get()
    assert (letter.slug, letter.status) == ("keep-the-night-trains", LetterStatus.DRAFT)
    assert ada.get(f"/letters/{letter.slug}/").status_code == 404
    builders.ready(letter)
    for act, status in (
        ("publish", LetterStatus.PUBLISHED), ("pause", LetterStatus.PAUSED),
        ("resume", LetterStatus.PUBLISHED), ("close", LetterStatus.CLOSED),
    ):  # fmt: skip
        assert ada.get(page(act, letter.pk)).status_code == 200
        ada.post(page(act, letter.pk))
        letter.refresh_from_db()
        assert letter.status == status
    assert ada.get(f"/letters/{letter.slug}/").status_code == 200
    done = set(Event.objects.filter(subject=letter.public_id).values_list("name", flat=True))
    assert {"letter.published", "letter.paused", "letter.resumed", "letter.closed"} <= done


def test_an_incomplete_letter_is_not_published_and_says_what_is_missing(ada: Client) -> None:
    builders.organization()
    ada.post(page("add"), filled(body="", addressees=""))
    letter = Letter.objects.get()
    response = ada.post(page("publish", letter.pk))
    assert "Say whom the letter is addressed to" in response.content.decode()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.DRAFT
    assert not Event.objects.filter(name="letter.published").exists()


def test_an_act_that_does_not_fit_is_refused_with_a_sentence(ada: Client) -> None:
    letter = builders.letter()
    for method in (ada.get, ada.post):
        response = method(page("publish", letter.pk))
        assert response.status_code == 302
        assert said(response)
    assert Event.objects.filter(name="letter.published").count() == 1


def test_an_answer_stands_before_the_letter(ada: Client) -> None:
    letter = builders.letter()
    assert "This field is required" in ada.post(page("answer", letter.pk), {"answer": "No."}).content.decode()
    ada.post(page("answer", letter.pk), {"answer": "We will *not*.", "answered_by": "The ministry"})
    letter.refresh_from_db()
    assert (letter.answer, letter.answered_by) == ("We will *not*.", "The ministry")
    assert "We will *not*." in ada.get(page("answer", letter.pk)).content.decode()


def test_what_is_typed_stays_when_it_is_refused(ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> object:
        raise WrongState

    acts = [replace(act, service=refuse) for act in ACTS if act.name == "answer"]
    monkeypatch.setattr("letters.admin.letters.Letters.acts", acts)
    said = {"answer": "We will not.", "answered_by": "The ministry"}
    shown = ada.post(page("answer", builders.letter().pk), said).content.decode()
    assert str(WrongState.message) in shown
    assert "We will not." in shown


def test_a_letter_is_withdrawn_with_a_reason_that_its_address_says(ada: Client) -> None:
    letter = builders.letter()
    ada.post(page("withdraw", letter.pk), {"reason": ""})
    letter.refresh_from_db()
    assert letter.status == LetterStatus.PUBLISHED
    ada.post(page("withdraw", letter.pk), {"reason": "We were wrong."})
    gone = ada.get(f"/letters/{letter.slug}/")
    assert gone.status_code == 410
    assert "We were wrong." in gone.content.decode()
