"""An operator asks at the desk that words be withheld, another one agrees; nobody else can do either."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import Role
from letters.models import Approval, Letter, LetterText, User, Withholding
from tests import builders

pytestmark = pytest.mark.django_db
ORDER = {
    "numbers": ["1"],
    "authority": "The Regional Court",
    "reference": "24 O 17/26",
    "ordered_on": "2026-03-14",
    "reason": "It names a witness.",
}


@pytest.fixture
def letter() -> Letter:
    return builders.letter(at=timezone.now())


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(letter: Letter) -> str:
    return reverse("admin:letters_letter_withhold", args=[letter.pk])


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def agree(user: User) -> Any:
    approval = Approval.objects.get(ended_at=None)
    desk = at_desk(user)
    shown = text(desk.get(reverse("admin:letters_approval_change", args=[approval.pk])))
    assert "The Regional Court" in shown
    return desk.post(reverse("admin:letters_approval_give", args=[approval.pk]), {"grounds": "I read it."})


def test_two_operators_withhold_and_lift(letter: Letter) -> None:
    ada, ola = builders.organizer(), builders.organizer("ola@platform.example")
    assert page(letter) in text(at_desk(ada).get(reverse("admin:letters_letter_change", args=[letter.pk])))
    assert "Version 1, English" in text(at_desk(ada).get(page(letter)))
    assert at_desk(ada).post(page(letter), ORDER).status_code == 302
    assert LetterText.objects.get().withholding is None
    agree(ola)
    assert LetterText.objects.get().withholding is not None
    order = Withholding.objects.get()
    shown = text(at_desk(ada).get(page(letter)))
    assert "Show again what is withheld" in shown
    assert "Version 1, English" not in shown
    said = {"lift": str(order.pk), "grounds": "Set aside on appeal."}
    assert at_desk(ada).post(page(letter), said).status_code == 302
    agree(ola)
    assert LetterText.objects.get().withholding is None


def test_what_is_missing_is_said(letter: Letter) -> None:
    desk = at_desk(builders.organizer())
    assert "This field is required" in text(desk.post(page(letter), {**ORDER, "reason": ""}))
    assert "Say which texts" in text(desk.post(page(letter), {**ORDER, "ordered_on": "2999-01-01"}))
    assert not Approval.objects.exists()


def test_an_owner_can_neither_ask_nor_agree(letter: Letter) -> None:
    owner = builders.member(letter.organization, Role.OWNER)
    assert at_desk(owner).post(page(letter), ORDER).status_code in {302, 403}
    assert not Approval.objects.exists()
    at_desk(builders.organizer()).post(page(letter), ORDER)
    approval = Approval.objects.get()
    at_desk(owner).post(reverse("admin:letters_approval_give", args=[approval.pk]), {"grounds": "x"})
    assert not Withholding.objects.exists()


def test_the_next_version_is_written_anew_and_shows_nothing_of_what_is_withheld(letter: Letter) -> None:
    builders.withheld(letter, at=timezone.now())
    desk = at_desk(builders.organizer())
    asked = desk.get(reverse("admin:letters_letter_version", args=[letter.pk]))
    assert asked.context["form"].initial == {"title": "", "addressees": "", "body": ""}
    assert "Every evening" not in text(asked)
    assert "Every evening" not in text(desk.get(reverse("admin:letters_letter_change", args=[letter.pk])))
    assert "Keep the night" not in text(desk.get(reverse("admin:letters_letter_changelist")))
