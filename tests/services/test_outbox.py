"""Claim, deliver, settle: at least once, and nothing left to read afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from letters import limits
from letters.enums import MessageState
from letters.models import Message
from letters.services import outbox
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def claim(*, after: timedelta = timedelta(0), most: int = 10) -> list[Message]:
    return outbox.claim(most=most, at=NOW + after)


def test_a_claimed_message_is_nobody_elses_until_its_lease_ends() -> None:
    builders.signed(builders.letter())
    assert len(claim()) == 1
    assert claim(after=limits.LEASE - timedelta(seconds=1)) == []
    [again] = claim(after=limits.LEASE)
    assert again.attempts == 2


def test_a_person_who_waits_comes_before_a_receipt() -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.signed(letter, email="cleo@example.org", at=NOW + timedelta(seconds=5))
    kinds = [message.kind for message in claim(after=timedelta(seconds=10))]
    assert kinds == ["reply", "reply", "signed"]


def test_a_settled_message_forgets_whom_it_was_for() -> None:
    builders.signed(builders.letter())
    [message] = claim()
    outbox.settle(message=message, state=MessageState.SENT, at=NOW)
    stored = Message.objects.get()
    assert (stored.state, stored.recipient_sealed, stored.mailbox, stored.lease_until) == (
        "sent",
        None,
        None,
        None,
    )
    assert claim(after=timedelta(days=1)) == []


def test_each_try_waits_longer_and_never_more_than_an_hour() -> None:
    builders.signed(builders.letter())
    at, pauses = timedelta(0), []
    for _ in range(12):
        [message] = claim(after=at)
        outbox.postpone(message=message, at=NOW + at, error="451 later")
        pause = Message.objects.get().next_try_at - (NOW + at)
        pauses.append(pause)
        at += pause
    assert limits.RETRY_FIRST / 2 <= pauses[0] <= limits.RETRY_FIRST
    assert limits.RETRY_MOST / 2 <= pauses[-1] <= limits.RETRY_MOST


def test_after_days_it_is_given_up_and_wiped() -> None:
    builders.signed(builders.letter())
    late = limits.GIVE_UP_AFTER + timedelta(seconds=1)
    [message] = claim(after=late)
    outbox.postpone(message=message, at=NOW + late, error="451 later")
    stored = Message.objects.get()
    assert (stored.state, stored.recipient_sealed) == (MessageState.FAILED, None)


def test_a_released_message_is_due_at_once_and_was_not_tried() -> None:
    builders.signed(builders.letter())
    outbox.release(messages=claim())
    [again] = claim()
    assert again.attempts == 1
