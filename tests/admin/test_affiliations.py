"""Merging two affiliations at the desk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from letters.models import AffiliationMerge, Event
from tests import builders

pytestmark = pytest.mark.django_db
ADD = "/admin/letters/affiliationmerge/add/"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def test_two_are_merged_and_taken_apart_again(ada: Client) -> None:
    letter = builders.letter()
    before = letter.revision
    said = {"letter": letter.pk, "spelling": " MIT ", "name": "Massachusetts Institute of Technology"}
    assert ada.post(ADD, said).status_code == 302
    row = AffiliationMerge.objects.get()
    assert (row.spelling, row.key, row.name_key) == ("MIT", "mit", "massachusettsinstituteoftechnology")
    letter.refresh_from_db()
    assert letter.revision == before + 1
    page = ada.get(reverse("admin:letters_affiliationmerge_changelist")).content.decode()
    assert "Massachusetts Institute of Technology" in page
    assert ada.get(reverse("admin:letters_affiliationmerge_change", args=[row.pk])).status_code == 200
    ada.post(reverse("admin:letters_affiliationmerge_delete", args=[row.pk]), {"post": "yes"})
    assert not AffiliationMerge.objects.exists()
    assert list(Event.objects.order_by("id").values_list("name", flat=True))[-2:] == [
        "affiliation.merged",
        "affiliation.split",
    ]


@pytest.mark.parametrize(
    ("spelling", "name", "says"),
    [
        ("Mozilla", "MOZILLA Inc.", "spellings of one affiliation"),
        ("...", "Mozilla", "at least one letter or digit"),
        ("Mozilla", "see https://example.org", "Remove the link"),
        ("Mozilla", "", "This field is required"),
    ],
)
def test_what_cannot_be_merged_is_said(ada: Client, spelling: str, name: str, says: str) -> None:
    letter = builders.letter()
    response = ada.post(ADD, {"letter": letter.pk, "spelling": spelling, "name": name}, follow=True)
    assert says in response.content.decode()
    assert not AffiliationMerge.objects.exists()
