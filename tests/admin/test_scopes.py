"""Forms, filters and previews that name, by a crafted request, what belongs to another organization."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from letters.enums import Role
from letters.models import Block, Feature, Letter, Organization
from tests import builders
from tests.admin.test_letters import filled

pytestmark = pytest.mark.django_db
CHECKED = {"checked_by": "Fay", "checked_how": "by telephone", "checked_at": "2026-03-14"}


@pytest.fixture
def other() -> Organization:
    return builders.organization("zanzibar", name="Zanzibar")


@pytest.fixture
def fay(client: Client, other: Organization) -> Client:
    """The browser of Fay, who owns Night Rail and nothing else."""
    client.force_login(builders.member(builders.organization()))
    return client


def add(model: str) -> str:
    return reverse(f"admin:letters_{model}_add")


def errors(response: Any) -> str:
    assert response.status_code == 200
    return str(response.context["errors"])


def test_a_letter_is_not_written_for_another_organization(fay: Client, other: Organization) -> None:
    fay.post(add("letter"), filled(organization=other.pk))
    assert [letter.organization.slug for letter in Letter.objects.all()] == ["night-rail"]
    second = builders.organization("second", name="Second")
    builders.member(second)
    refused = fay.post(add("letter"), filled(organization=other.pk))
    assert "valid choice" in refused.content.decode()
    assert Letter.objects.count() == 1


def test_a_letter_is_not_given_to_another_organization(fay: Client, other: Organization) -> None:
    home = Organization.objects.get(slug="night-rail")
    letter = builders.draft(organization=home)
    page = reverse("admin:letters_letter_look", args=[letter.pk])
    fay.post(page, {"organization": other.pk, "slug": letter.slug})
    letter.refresh_from_db()
    assert letter.organization == home


@pytest.mark.parametrize("letter", ["of another organization", "none"])
def test_a_block_is_put_on_ones_own_letters_only(fay: Client, other: Organization, letter: str) -> None:
    foreign = builders.letter(organization=other)
    number = "" if letter == "none" else str(foreign.pk)
    assert errors(fay.post(add("block"), {"who": "spam.example", "letter": number, "reason": "Spam"}))
    assert not Block.objects.exists()
    own = builders.letter("own", organization=Organization.objects.get(slug="night-rail"))
    fay.post(add("block"), {"who": "spam.example", "letter": str(own.pk), "reason": "Spam"})
    assert Block.objects.get().letter == own


def test_a_signature_of_another_organization_is_not_featured(fay: Client, other: Organization) -> None:
    one = builders.counted(builders.letter(organization=other))
    response = fay.post(add("feature"), {"uid": str(one.uid), **CHECKED})
    assert "no signature with this uid" in errors(response)
    assert not Feature.objects.exists()


def test_only_members_preview_a_draft(fay: Client, other: Organization, client: Client) -> None:
    own = builders.draft("own", organization=Organization.objects.get(slug="night-rail"))
    foreign = builders.draft("foreign", organization=other)
    assert fay.get(reverse("letters:preview", args=[own.pk])).status_code == 200
    assert fay.get(reverse("letters:preview", args=[foreign.pk])).status_code == 404
    assert Client().get(reverse("letters:preview", args=[own.pk])).status_code == 404


def test_a_filter_by_a_letter_of_others_finds_nothing(fay: Client, other: Organization) -> None:
    one = builders.counted(builders.letter(organization=other), name="Zoe Zanzibar")
    shown = fay.get(
        reverse("admin:letters_signature_changelist"), {"letter__id__exact": one.letter_id, "q": "Zoe"}
    )
    assert "Zanzibar" not in shown.content.decode()


def test_no_list_costs_a_member_more_with_its_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = builders.organization()
    client.force_login(builders.member(home, Role.OWNER))
    for number in range(5):
        letter = builders.letter(f"letter-{number}", organization=home)
        builders.featured(builders.counted(letter))
        builders.reported(letter)
    names = ["letter", "organization", "signature", "name", "reason", "report", "feature", "block"]
    for name in [*names, "tally", "tallypoint", "event"]:
        with django_assert_max_num_queries(13):
            client.get(reverse(f"admin:letters_{name}_changelist"))
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:index"))
