"""Answering at the desk what another person asked for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import Role
from letters.models import Approval, User
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Approval:
    return builders.asked(builders.draft(), at=timezone.now(), reason="Please read both languages.")


@pytest.fixture
def second(asked: Approval) -> User:
    return builders.member(builders.draft("other").organization, Role.EDITOR, "sam@example.org")


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(asked: Approval, name: str) -> str:
    return reverse(f"admin:letters_approval_{name}", args=[asked.pk])


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_a_second_person_looks_at_it_and_approves(asked: Approval, second: User) -> None:
    desk = at_desk(second)
    shown = text(desk.get(page(asked, "change")))
    assert "Please read both languages." in shown
    assert reverse("letters:preview", args=[asked.letter_id]) in shown
    assert page(asked, "give") in shown
    assert page(asked, "take_back") not in shown
    assert "is required" in text(desk.post(page(asked, "give"), {"grounds": " "}))
    desk.post(page(asked, "give"), {"grounds": "Both are right."})
    asked.refresh_from_db()
    assert (asked.given_by, asked.grounds) == (second, "Both are right.")
    assert page(asked, "give") not in text(desk.get(page(asked, "change")))


def test_whoever_asked_can_only_take_it_back(asked: Approval) -> None:
    desk = at_desk(asked.asked_by)
    shown = text(desk.get(page(asked, "change")))
    assert page(asked, "take_back") in shown
    assert page(asked, "give") not in shown
    answer = text(desk.post(page(asked, "give"), {"grounds": "I am sure."}))
    assert "Somebody else has to approve it." in answer
    desk.post(page(asked, "take_back"))
    asked.refresh_from_db()
    assert asked.ended_at is not None


def test_a_viewer_is_not_asked(asked: Approval) -> None:
    viewer = builders.member(builders.draft("other").organization, Role.VIEWER, "vic@example.org")
    desk = at_desk(viewer)
    assert desk.get(reverse("admin:letters_approval_changelist")).status_code == 403
    assert desk.get(page(asked, "change")).status_code in {403, 302}
    assert desk.post(page(asked, "give"), {"grounds": "x"}).status_code in {403, 404}
