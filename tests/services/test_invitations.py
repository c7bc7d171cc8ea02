"""A role is offered once, to one address, for a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from letters import limits
from letters.enums import Role
from letters.models import Event, Invitation, Membership, Message, User
from letters.services import invitations, organizations
from tests import builders
from tests.builders import NOW, PASSWORD

pytestmark = pytest.mark.django_db
LATE = NOW + limits.INVITED_FOR


def join(one: Invitation) -> User:
    return invitations.join(uid=one.uid, name="Noor", password=PASSWORD, at=NOW)


def names() -> list[str]:
    return list(Event.objects.filter(name__startswith="invitation").values_list("name", flat=True))[::-1]


def test_it_makes_a_login_with_the_role_and_is_wiped() -> None:
    one = builders.invited()
    user = join(one)
    assert user.check_password(PASSWORD)
    assert (user.email, user.is_superuser) == ("noor@example.org", False)
    assert Membership.objects.get(user=user).role == Role.EDITOR
    one.refresh_from_db()
    assert (one.email_sealed, one.settled_at) == (None, NOW)
    assert names() == ["invitation.sent", "invitation.accepted"]
    with pytest.raises(invitations.NotOpen):
        join(one)


def test_it_adds_the_role_to_the_login_that_there_is() -> None:
    noor, one = User.objects.create_user("noor@example.org", PASSWORD), builders.invited()
    with pytest.raises(invitations.HasLogin):
        join(one)
    with pytest.raises(invitations.OtherLogin):
        invitations.accept(uid=one.uid, user=builders.organizer(), at=NOW)
    invitations.accept(uid=one.uid, user=noor, at=NOW)
    assert Membership.objects.get(user=noor).role == Role.EDITOR
    with pytest.raises(invitations.NotOpen):
        invitations.accept(uid=one.uid, user=noor, at=NOW)


def test_whoever_came_otherwise_keeps_the_role_that_they_have() -> None:
    one = builders.invited()
    assert one.organization
    noor = builders.member(one.organization, Role.OWNER, "noor@example.org")
    invitations.accept(uid=one.uid, user=noor, at=NOW)
    assert Membership.objects.get(user=noor).role == Role.OWNER


def test_an_operator_is_made_by_an_invitation_without_organization() -> None:
    one = invitations.invite(
        organization=None, role=None, email="eve@example.org", by=builders.organizer(), at=NOW
    )
    assert join(one).is_superuser
    assert User.objects.get(email="eve@example.org").is_superuser
    assert not Membership.objects.exists()


def test_a_second_one_to_the_same_address_voids_the_first() -> None:
    first = builders.invited()
    second = builders.invited(email="NOOR@example.org")
    with pytest.raises(invitations.NotOpen):
        join(first)
    assert join(second)


@pytest.mark.parametrize("how", ["leaves", "is an editor now"])
def test_what_somebody_offered_is_void_once_they_decide_of_the_team_no_more(how: str) -> None:
    one = builders.invited()
    home, fay = one.organization, one.invited_by
    assert home
    assert fay
    builders.member(home, Role.OWNER, "eve@example.org")
    if how == "leaves":
        organizations.revoke(organization=home, user=fay, by=None, at=NOW)
    else:
        organizations.grant(organization=home, user=fay, role=Role.EDITOR, by=None, at=NOW)
    with pytest.raises(invitations.NotOpen):
        join(one)


def test_it_is_open_for_a_week_and_then_deleted_whole() -> None:
    one = builders.invited()
    assert invitations.forget(at=LATE - timedelta(seconds=1)) == 0
    with pytest.raises(invitations.NotOpen):
        invitations.join(uid=one.uid, name="Noor", password=PASSWORD, at=LATE)
    assert invitations.forget(at=LATE) == 1
    assert not Invitation.objects.exists()


def test_it_is_taken_back_by_its_own_organization_only() -> None:
    one = builders.invited()
    for other in (builders.organization("other"), None):
        with pytest.raises(invitations.NotOpen):
            invitations.revoke(organization=other, pk=one.pk, by=None, at=NOW)
    invitations.revoke(organization=one.organization, pk=one.pk, by=None, at=NOW)
    with pytest.raises(invitations.NotOpen):
        join(one)
    assert names() == ["invitation.sent", "invitation.revoked"]


def test_a_team_invites_so_many_a_day() -> None:
    home = builders.organization()
    for number in range(limits.INVITED_MOST):
        builders.invited(home, email=f"{number}@example.org")
    with pytest.raises(invitations.TooMany, match="tomorrow"):
        builders.invited(home)
    assert Message.objects.count() == limits.INVITED_MOST


def test_nobody_gets_mail_because_of_an_organization_that_waits() -> None:
    home = builders.organization()
    type(home).objects.update(approved_at=None)
    with pytest.raises(invitations.NotApproved, match="approval"):
        builders.invited(home)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"role": ""}, {"role": "king"}, {"settled_at": NOW}, {"email_sealed": None}]
)
def test_the_table_itself_refuses_what_is_no_invitation(fields: dict[str, object]) -> None:
    one = builders.invited()
    with pytest.raises(DatabaseError, match="invitation_"):
        Invitation.objects.filter(pk=one.pk).update(**fields)
