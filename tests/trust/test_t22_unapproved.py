"""Phishing in our name: whoever makes an organization cannot use this site before somebody looked at it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from letters.enums import LetterStatus
from letters.models import Event, Letter, Message, Organization, User
from letters.services import letters
from letters.services.letters import NotReady
from tests import builders
from tests.admin.test_letters import filled
from tests.builders import NOW

pytestmark = pytest.mark.django_db
MADE = {"name": "Your Bank", "slug": "bank", "legal_name": "Bank e. V.", "contact": "it@bank.example"}


@pytest.fixture
def mal(client: Client) -> Client:
    """The browser of Mal, who owns an approved organization and has made another."""
    client.force_login(builders.member(builders.organization(), email="mal@example.org"))
    client.post(reverse("admin:letters_organization_add"), {**MADE, "approved_at": "2026-01-01"})
    return client


def approve(home: Organization) -> str:
    return reverse("admin:letters_organization_approve", args=[home.pk])


def test_an_organization_that_nobody_approved_publishes_nothing_and_causes_no_mail(mal: Client) -> None:
    home = Organization.objects.get(slug="bank")
    assert home.approved_at is None
    mal.post(reverse("admin:letters_letter_add"), filled(organization=home.pk))
    letter = Letter.objects.get()
    response = mal.post(reverse("admin:letters_letter_publish", args=[letter.pk]))
    assert "waits for approval" in response.content.decode()
    with pytest.raises(NotReady):
        letters.publish(letter=letter, by=User.objects.get(), at=NOW)
    letter.refresh_from_db()
    assert letter.status == LetterStatus.DRAFT
    for path in (f"/letters/{letter.slug}/", f"/letters/{letter.slug}/sign/", "/organizations/bank/"):
        assert Client().get(path).status_code == 404
    sent = Client().post(f"/letters/{letter.slug}/sign/", {"name": "Ben", "email": "ben@example.org"})
    assert sent.status_code == 404
    assert not Message.objects.exists()


def test_an_owner_does_not_approve_their_own(mal: Client) -> None:
    home = Organization.objects.get(slug="bank")
    for response in (mal.get(approve(home)), mal.post(approve(home))):
        assert response.status_code == 403
    mal.post(
        reverse("admin:letters_organization_change", args=[home.pk]), {**MADE, "approved_at": "2026-01-01"}
    )
    assert Organization.objects.get(slug="bank").approved_at is None
    assert (
        "Waits for the platform" in mal.get(reverse("admin:letters_organization_changelist")).content.decode()
    )


def test_an_operator_looks_at_it_and_approves_it(mal: Client) -> None:
    home, ada = Organization.objects.get(slug="bank"), Client()
    operator = builders.organizer()
    ada.force_login(operator)
    page = reverse("admin:letters_organization_changelist") + "?approved_at__isnull=1"
    assert page in ada.get(reverse("admin:index")).content.decode()
    assert "Bank" in ada.get(page).content.decode()
    assert "Bank e. V." in ada.get(approve(home)).content.decode()
    ada.post(approve(home))
    event = Event.objects.get(name="organization.approved")
    assert (event.subject, event.actor) == (home.code, f"user:{operator.pk}")
    assert page not in ada.get(reverse("admin:index")).content.decode()
    mal.post(reverse("admin:letters_letter_add"), filled(organization=home.pk))
    letter = builders.ready(Letter.objects.get())
    mal.post(reverse("admin:letters_letter_publish", args=[letter.pk]))
    assert Letter.objects.get().status == LetterStatus.PUBLISHED


def test_it_is_approved_once(mal: Client) -> None:
    ada = Client()
    ada.force_login(builders.organizer())
    home = Organization.objects.get(slug="bank")
    for _time in range(2):
        ada.post(approve(home))
    assert Event.objects.filter(name="organization.approved").count() == 1
