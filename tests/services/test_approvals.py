"""Two people: one asks, another answers, and what was approved is exactly what was shown."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError

from letters import durable, limits
from letters.enums import ApprovalKind, Role
from letters.models import Approval, Event, Letter, Organization, User
from letters.records import approvals as rows
from letters.services import approvals
from tests import builders
from tests.breaking import prove_whole
from tests.builders import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def asked() -> Approval:
    return builders.asked(builders.draft())


@pytest.fixture
def second() -> User:
    return builders.member(Organization.objects.get(), Role.EDITOR, "sam@example.org")


def give(*, pk: int, grounds: str, by: User, at: datetime) -> None:
    """Agree, as the service of each kind does before it goes on."""
    with durable.commit():
        rows.give(approval=rows.locked(pk=pk, at=at), grounds=grounds, by=by, at=at)


def spend(approval: Approval, digest: bytes | None = None, *, at: datetime = LATER) -> Approval | None:
    with durable.commit():
        return rows.spend(
            kind=ApprovalKind(approval.kind),
            subject=approval.subject,
            digest=digest or bytes(approval.digest),
            at=at,
        )


def test_a_second_person_approves_and_it_can_be_used_once(asked: Approval, second: User) -> None:
    assert spend(asked) is None
    give(pk=asked.pk, grounds=" Read both languages. ", by=second, at=NOW)
    assert spend(asked, b"1" * 32) is None, "something else was shown"
    used = spend(asked)
    assert used is not None
    assert (used.grounds, used.given_by) == ("Read both languages.", second)
    assert spend(asked) is None


def test_whoever_asked_neither_approves_nor_declines(asked: Approval) -> None:
    for verb in (give, approvals.decline):
        with pytest.raises(approvals.SamePerson):
            verb(pk=asked.pk, grounds="I am sure.", by=asked.asked_by, at=NOW)


def test_the_database_itself_refuses_one_person_in_both_places(asked: Approval) -> None:
    with pytest.raises(DatabaseError, match="approval_is_of_two_people"):
        Approval.objects.filter(pk=asked.pk).update(given_by=asked.asked_by, given_at=NOW)


def test_what_was_declined_taken_back_or_asked_anew_is_not_open(asked: Approval, second: User) -> None:
    again = builders.asked(Letter.objects.get())
    with pytest.raises(approvals.NotStanding):
        give(pk=asked.pk, grounds="x", by=second, at=NOW)
    approvals.decline(pk=again.pk, grounds="A comma is wrong.", by=second, at=NOW)
    again.refresh_from_db()
    assert (again.grounds, again.ended_at, again.given_at) == ("A comma is wrong.", NOW, None)
    third = builders.asked(Letter.objects.get())
    approvals.take_back(pk=third.pk, by=third.asked_by, at=NOW)
    with pytest.raises(approvals.NotStanding):
        give(pk=third.pk, grounds="x", by=second, at=NOW)


def test_nobody_takes_back_what_another_person_asked(asked: Approval, second: User) -> None:
    with pytest.raises(approvals.NotStanding):
        approvals.take_back(pk=asked.pk, by=second, at=NOW)


def test_after_seven_days_it_is_neither_given_nor_used(asked: Approval, second: User) -> None:
    late = NOW + limits.APPROVAL_FOR
    with pytest.raises(approvals.NotStanding):
        give(pk=asked.pk, grounds="x", by=second, at=late)
    give(pk=asked.pk, grounds="x", by=second, at=late - timedelta(seconds=1))
    assert spend(asked, at=late) is None


def test_the_trail_says_who_answered(asked: Approval, second: User) -> None:
    approvals.decline(pk=asked.pk, grounds="x", by=second, at=NOW)
    told = Event.objects.filter(subject=asked.subject, name__startswith="approval.").order_by("pk")
    assert list(told.values_list("name", "actor")) == [("approval.declined", f"user:{second.pk}")]


def test_old_ones_are_deleted(asked: Approval) -> None:
    assert approvals.forget(at=NOW + limits.APPROVAL_KEPT - timedelta(seconds=1)) == 0
    assert approvals.forget(at=NOW + limits.APPROVAL_KEPT) == 1
    assert not Approval.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["decline", "take_back"])
def test_an_answer_without_its_event_is_none(verb: str) -> None:
    asked = builders.asked(builders.draft())
    second = builders.member(Organization.objects.get(), Role.EDITOR, "sam@example.org")
    said = {"by": asked.asked_by} if verb == "take_back" else {"by": second, "grounds": "x"}
    prove_whole(lambda: getattr(approvals, verb)(pk=asked.pk, at=NOW, **said), "letters_event")
