"""Invitations, to work here and to sign, are all or nothing, as every service is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from letters import limits
from letters.enums import Role
from letters.models import User
from letters.services import guests, invitations, organizations
from tests import builders
from tests.breaking import prove_whole
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def invite() -> Callable[[], object]:
    one = builders.invited()
    said = {"organization": one.organization, "role": Role.EDITOR, "email": "noor@example.org"}
    return lambda: invitations.invite(**said, by=one.invited_by, at=NOW)  # type: ignore[arg-type]


def take_back() -> Callable[[], object]:
    one = builders.invited()
    return lambda: invitations.revoke(organization=one.organization, pk=one.pk, by=None, at=NOW)


def join() -> Callable[[], object]:
    one = builders.invited()
    return lambda: invitations.join(uid=one.uid, name="Noor", password=builders.PASSWORD, at=NOW)


def accept() -> Callable[[], object]:
    one, noor = builders.invited(), User.objects.create_user("noor@example.org", builders.PASSWORD)
    return lambda: invitations.accept(uid=one.uid, user=noor, at=NOW)


def forget() -> Callable[[], object]:
    builders.invited()
    return lambda: invitations.forget(at=NOW + limits.INVITED_FOR)


def leave() -> Callable[[], object]:
    one = builders.invited()
    home, fay = one.organization, one.invited_by
    assert home
    assert fay
    builders.member(home, Role.OWNER, "eve@example.org")
    return lambda: organizations.revoke(organization=home, user=fay, by=None, at=NOW)


def ask_to_sign() -> Callable[[], object]:
    letter = builders.letter()
    fay = builders.member(letter.organization)
    return lambda: guests.invite(letter=letter, email="noor@example.org", words="", by=fay, at=NOW)


def ask_no_longer() -> Callable[[], object]:
    one = builders.guest(builders.letter())
    return lambda: guests.take_back(letter=one.letter, pk=one.pk, by=one.invited_by, at=NOW)


def forget_guests() -> Callable[[], object]:
    builders.guest(builders.letter())
    return lambda: guests.forget(at=NOW + limits.GUEST_FOR)


LAST_WRITES = [
    (invite, "letters_event"),
    (invite, "letters_message"),
    (take_back, "letters_event"),
    (join, "letters_invitation"),
    (join, "letters_membership"),
    (accept, "letters_membership"),
    (forget, "letters_invitation"),
    (leave, "letters_invitation"),
    (ask_to_sign, "letters_event"),
    (ask_to_sign, "letters_message"),
    (ask_no_longer, "letters_event"),
    (forget_guests, "letters_guest"),
]


@pytest.mark.parametrize(("prepare", "table"), LAST_WRITES)
def test_nothing_remains_of_what_broke(prepare: Callable[[], Callable[[], object]], table: str) -> None:
    prove_whole(prepare(), table)
