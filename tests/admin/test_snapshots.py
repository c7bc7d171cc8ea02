"""The daily records at the desk, and saying what is wrong with one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from letters.enums import Role
from letters.models import Correction, Event
from tests import builders

pytestmark = pytest.mark.django_db
ADD = "admin:letters_correction_add"


def test_a_correction_is_said_once_and_looked_at(client: Client) -> None:
    client.force_login(builders.organizer())
    one = builders.frozen(builders.counted(builders.letter()).letter)
    said = {"letter": one.letter_id, "day": "2026-03-14", "wrong": " Two were one. ", "said_by": "Ada"}
    assert client.post(reverse(ADD), said).status_code == 302
    [made] = Correction.objects.all()
    assert (made.snapshot, made.wrong, made.said_by) == (one, "Two were one.", "Ada")
    assert Event.objects.get(name="snapshot.corrected").actor.startswith("user:")
    shown = client.get(reverse("admin:letters_correction_change", args=[made.pk])).content.decode()
    assert "Two were one." in shown
    assert 'name="_save"' not in shown
    assert "Two were one." in client.get(reverse("admin:letters_correction_changelist")).content.decode()
    history = client.get(reverse("admin:letters_correction_history", args=[made.pk])).content.decode()
    assert "corrected the record of a day" in history


def test_a_day_without_a_record_cannot_be_corrected(client: Client) -> None:
    client.force_login(builders.organizer())
    one = builders.frozen(builders.counted(builders.letter()).letter)
    said = {"letter": one.letter_id, "day": str(one.day + timedelta(days=1)), "wrong": "x", "said_by": "Ada"}
    page = client.post(reverse(ADD), said)
    assert page.status_code == 200
    assert "This letter has no record of that day." in page.content.decode()
    assert not Correction.objects.exists()


def test_nobody_corrects_a_record_of_another_organization(client: Client) -> None:
    one = builders.frozen(builders.counted(builders.letter()).letter)
    home = builders.organization("day-rail", name="Day Rail")
    client.force_login(builders.member(home, Role.EDITOR, "eve@dayrail.example"))
    assert "night-trains" not in client.get(reverse(ADD)).content.decode()
    said = {"letter": one.letter_id, "day": "2026-03-14", "wrong": "x", "said_by": "Eve"}
    assert client.post(reverse(ADD), said).status_code == 200
    assert not Correction.objects.exists()
