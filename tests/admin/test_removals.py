"""A signature is taken out of the number at the desk, and put back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from letters.models import Message, Signature
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


@pytest.fixture
def ben() -> Signature:
    return builders.counted(builders.letter())


def page(name: str, one: Signature) -> str:
    return reverse(f"admin:letters_signature_{name}", args=[one.pk])


def test_a_signature_is_removed_for_a_reason_and_restored(ada: Client, ben: Signature) -> None:
    assert page("remove", ben) in ada.get(page("change", ben)).content.decode()
    assert ada.post(page("remove", ben), {"reason": "flood"}).status_code == 302
    removed = builders.stored(ben.uid)
    assert (removed.state, removed.removal) == ("removed", "flood")
    assert Message.objects.filter(kind="removed", subject=ben.uid).exists()
    shown = ada.get(page("change", ben)).content.decode()
    assert page("restore", ben) in shown
    assert page("remove", ben) not in shown
    assert ada.post(page("restore", ben)).status_code == 302
    assert builders.stored(ben.uid).state == "confirmed"


@pytest.mark.parametrize("reason", ["", "because"])
def test_without_a_reason_nothing_happens(ada: Client, ben: Signature, reason: str) -> None:
    response = ada.post(page("remove", ben), {"reason": reason})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert builders.stored(ben.uid).state == "confirmed"


def test_what_does_not_fit_is_said(ada: Client, ben: Signature) -> None:
    assert ada.post(page("restore", ben)).status_code == 302
    assert builders.stored(ben.uid).state == "confirmed"
