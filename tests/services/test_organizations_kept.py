"""What an organization keeps: an owner who can log in, and the names that were approved."""

from __future__ import annotations

import pytest

from letters.enums import Role
from letters.models import Membership, Organization
from letters.services import organizations
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organization:
    return builders.organization()


def test_the_last_owner_who_can_log_in_stays(home: Organization) -> None:
    fay, gone = builders.member(home), builders.member(home, email="gone@example.org")
    gone.is_active = False
    gone.save()
    with pytest.raises(organizations.LastOwner):
        organizations.revoke(organization=home, user=fay, by=None, at=NOW)
    organizations.revoke(organization=home, user=gone, by=None, at=NOW)
    assert list(Membership.objects.filter(organization=home).values_list("role", flat=True)) == [Role.OWNER]


@pytest.mark.parametrize("field", ["name", "legal_name"])
def test_an_approved_name_is_changed_by_operators_only(home: Organization, field: str) -> None:
    fay = builders.member(home)
    setattr(home, field, "Bank of Everything")
    with pytest.raises(organizations.Vouched):
        organizations.change(organization=home, by=fay, at=NOW)
    organizations.change(organization=home, by=builders.organizer(), at=NOW)
    assert getattr(Organization.objects.get(), field) == "Bank of Everything"


def test_its_contact_is_changed_by_its_owner(home: Organization) -> None:
    home.contact = "hello@nightrail.example"
    organizations.change(organization=home, by=builders.member(home), at=NOW)
    assert Organization.objects.get().contact == "hello@nightrail.example"
