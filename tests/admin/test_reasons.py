"""A person reads a reason before a reader does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from letters.admin import told
from letters.enums import ReasonDisplay
from letters.models import Event, Signature
from letters.services import reasons
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


@pytest.fixture
def given() -> Signature:
    """Ben, who said why."""
    letter = builders.letter()
    builders.counted(letter, name="Cleo", email="cleo@example.org")
    one = builders.counted(letter)
    return reasons.give(uid=one.uid, reason="For my sister.", at=NOW)


@pytest.mark.parametrize(
    ("decision", "event"),
    [(ReasonDisplay.SHOWN, "reason.shown"), (ReasonDisplay.DECLINED, "reason.declined")],
)
def test_a_reason_is_shown_or_declined(ada: Client, given: Signature, decision: str, event: str) -> None:
    listed = ada.get(reverse("admin:letters_reason_changelist")).content.decode()
    assert "For my sister." in listed
    assert "Cleo" not in listed
    page = reverse("admin:letters_reason_change", args=[given.pk])
    assert "ben@example.org" not in ada.get(page).content.decode()
    assert ada.post(page, {"decision": decision}).status_code == 302
    assert builders.stored(given.uid).reason_display == decision
    assert Event.objects.latest("pk").name == event
    assert (
        told.what(event) in ada.get(reverse("admin:letters_reason_history", args=[given.pk])).content.decode()
    )


def test_nothing_is_decided_without_a_choice(ada: Client, given: Signature) -> None:
    page = reverse("admin:letters_reason_change", args=[given.pk])
    assert ada.post(page, {}).status_code == 200
    assert builders.stored(given.uid).reason_display == ReasonDisplay.WAITING
