"""An owner decides who works for an organization; whoever leaves loses the desk at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import Role
from letters.models import Event, Invitation, Membership, Organization, User
from letters.services import invitations, organizations
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


def test_somebody_is_invited_gets_another_role_and_is_removed(fay: Client, home: Organization) -> None:
    assert "on its way to eve@example.org" in said(
        fay.post(page(home), {"email": "eve@example.org", "role": "viewer"})
    )
    eve = User.objects.create_user("eve@example.org", builders.PASSWORD, name="Eve")
    hers = Client()
    hers.force_login(eve)
    assert hers.get(reverse("admin:index"), follow=True).status_code == 403
    invitations.accept(uid=Invitation.objects.get().uid, user=eve, at=timezone.now())
    assert hers.get(reverse("admin:index")).status_code == 200
    assert hers.get(reverse("admin:letters_signature_changelist")).status_code == 403
    fay.post(page(home), {"email": "Eve@Example.org", "role": "moderator"})
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


def test_the_team_does_not_learn_whether_an_address_has_a_login(fay: Client, home: Organization) -> None:
    User.objects.create_user("eve@example.org", builders.PASSWORD)
    answers = []
    for address in ("eve@example.org", "nobody@example.org"):
        answer = fay.post(page(home), {"email": address, "role": "viewer"})
        answers.append((answer.status_code, said(answer).replace(address, "")))
        shown = fay.get(page(home)).content.decode()
        assert f'<b dir="ltr">{address}</b>' in shown
    assert answers[0] == answers[1]
    assert Membership.objects.count() == 1


def test_an_invitation_is_listed_until_it_is_taken_back(fay: Client, home: Organization) -> None:
    fay.post(page(home), {"email": "eve@example.org", "role": "viewer"})
    pk = Invitation.objects.get().pk
    for wrong in ("0", "", "x", "9" * 30):
        answer = fay.post(page(home, "invitation_revoke"), {"invitation": wrong})
        assert "not open any more" in said(answer)
    assert "eve@example.org" in fay.get(page(home)).content.decode()
    assert "opens nothing" in said(fay.post(page(home, "invitation_revoke"), {"invitation": pk}))
    assert "Take back" not in fay.get(page(home)).content.decode()


def test_an_operator_invites_another_one(client: Client) -> None:
    client.force_login(builders.organizer())
    invite = reverse("admin:letters_user_invite")
    assert invite in client.get(reverse("admin:letters_user_changelist")).content.decode()
    client.post(invite, {"email": "eve@example.org"})
    one = Invitation.objects.get(organization=None)
    assert "eve@example.org" in client.get(invite).content.decode()
    client.post(reverse("admin:letters_user_invitation_revoke"), {"invitation": one.pk})
    assert "eve@example.org" not in client.get(invite).content.decode()


@pytest.mark.parametrize(
    ("email", "role", "says"),
    [
        ("", "viewer", "This field is required"),
        ("nobody@", "viewer", "Enter a valid email address"),
        ("fay@example.org", "king", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    fay: Client, home: Organization, email: str, role: str, says: str
) -> None:
    assert says in fay.post(page(home), {"email": email, "role": role}).content.decode()
    assert not Invitation.objects.exists()


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
    assert "gave a role" in shown
    assert "the platform" in shown
    assert ada.email not in shown
    operators = Client()
    operators.force_login(ada)
    assert ada.email in operators.get(page(home, "history")).content.decode()


def test_a_login_that_is_switched_off_opens_nothing(home: Organization, client: Client) -> None:
    client.force_login(builders.member(home))
    User.objects.update(is_active=False)
    assert client.get(reverse("admin:index")).status_code == 302
