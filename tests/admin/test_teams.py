"""An owner decides who works for an organization; whoever leaves loses the desk at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from letters.enums import Role
from letters.models import Event, Membership, Organization, User
from letters.services import organizations
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organization:
    return builders.organization()


@pytest.fixture
def fay(client: Client, home: Organization) -> Client:
    """The browser of Fay, who owns it."""
    client.force_login(builders.member(home))
    return client


def page(home: Organization, name: str = "team") -> str:
    return reverse(f"admin:letters_organization_{name}", args=[home.pk])


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def role_of(email: str) -> str | None:
    return Membership.objects.filter(user__email=email).values_list("role", flat=True).first()


def test_a_login_is_added_by_its_address_gets_another_role_and_is_removed(
    fay: Client, home: Organization
) -> None:
    eve = User.objects.create_user("eve@example.org", builders.PASSWORD, name="Eve")
    hers = Client()
    hers.force_login(eve)
    assert hers.get(reverse("admin:index"), follow=True).status_code == 403
    assert fay.post(page(home), {"email": "Eve@Example.org", "role": "viewer"}).status_code == 302
    assert hers.get(reverse("admin:index")).status_code == 200
    assert hers.get(reverse("admin:letters_signature_changelist")).status_code == 403
    fay.post(page(home), {"email": eve.email, "role": "moderator"})
    assert hers.get(reverse("admin:letters_signature_changelist")).status_code == 200
    assert "Eve" in fay.get(page(home)).content.decode()
    assert "not in the team" in said(fay.post(page(home, "team_remove"), {"user": eve.pk}))
    assert hers.get(reverse("admin:index"), follow=True).status_code == 403
    events = Event.objects.filter(subject=home.code, data__user=eve.pk).order_by("pk")
    assert [(event.name, event.data["role"]) for event in events] == [
        ("role.granted", "viewer"),
        ("role.granted", "moderator"),
        ("role.revoked", "moderator"),
    ]


@pytest.mark.parametrize(
    ("email", "role", "says"),
    [
        ("nobody@example.org", "viewer", "Nobody logs in with this address"),
        ("", "viewer", "This field is required"),
        ("gone@example.org", "viewer", "Nobody logs in with this address"),
        ("fay@example.org", "king", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    fay: Client, home: Organization, email: str, role: str, says: str
) -> None:
    User.objects.create_user("gone@example.org", builders.PASSWORD, is_active=False)
    assert says in fay.post(page(home), {"email": email, "role": role}).content.decode()
    assert Membership.objects.count() == 1


def test_an_organization_keeps_one_owner(fay: Client, home: Organization) -> None:
    owner = User.objects.get(email="fay@example.org")
    assert "at least one owner" in said(fay.post(page(home), {"email": owner.email, "role": "viewer"}))
    assert "at least one owner" in said(fay.post(page(home, "team_remove"), {"user": owner.pk}))
    assert role_of(owner.email) == Role.OWNER


def test_it_is_handed_over_in_two_steps(fay: Client, home: Organization) -> None:
    builders.member(home, Role.EDITOR, "eve@example.org")
    fay.post(page(home), {"email": "eve@example.org", "role": "owner"})
    response = fay.post(page(home), {"email": "fay@example.org", "role": "viewer"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("admin:index")
    assert (role_of("eve@example.org"), role_of("fay@example.org")) == ("owner", "viewer")
    assert fay.get(page(home)).status_code == 403


def test_an_owner_can_leave(fay: Client, home: Organization) -> None:
    builders.member(home, Role.OWNER, "eve@example.org")
    response = fay.post(
        page(home, "team_remove"), {"user": User.objects.get(email="fay@example.org").pk}, follow=True
    )
    assert response.status_code == 403
    assert role_of("fay@example.org") is None


@pytest.mark.parametrize("user", ["0", "", "x", "-1"])
def test_whoever_is_not_there_cannot_be_removed(fay: Client, home: Organization, user: str) -> None:
    assert fay.post(page(home, "team_remove"), {"user": user}).status_code == 404


def test_somebody_of_another_team_is_not_removed_from_it(fay: Client, home: Organization) -> None:
    other = builders.member(builders.organization("other"), Role.EDITOR, "eve@example.org")
    assert "not in the team any more" in said(fay.post(page(home, "team_remove"), {"user": other.pk}))
    assert role_of("eve@example.org") == Role.EDITOR


def test_a_team_does_not_read_the_names_of_the_platforms_operators(fay: Client, home: Organization) -> None:
    ada = builders.organizer()
    organizations.grant(
        organization=home, user=builders.member(home, Role.EDITOR, "eve@example.org"),
        role=Role.SENDER, by=ada, at=NOW,
    )  # fmt: skip
    shown = fay.get(page(home, "history")).content.decode()
    assert "role.granted" in shown
    assert "the platform" in shown
    assert ada.email not in shown
    operators = Client()
    operators.force_login(ada)
    assert ada.email in operators.get(page(home, "history")).content.decode()


def test_a_login_that_is_switched_off_opens_nothing(home: Organization, client: Client) -> None:
    client.force_login(builders.member(home))
    User.objects.update(is_active=False)
    assert client.get(reverse("admin:index")).status_code == 302
