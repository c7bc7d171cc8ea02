"""Mail over a real SMTP server: what leaves, what is tried again, what is given up."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from pytest_django import Settings

from advocacy.celery import app
from letters import limits
from letters.delivery import email
from letters.enums import MessageState
from letters.models import Message, Signature
from letters.services import letters, pending, signatures
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db


def drain(*, after: timedelta = timedelta(0)) -> int:
    return email.drain(clock=lambda: NOW + after)


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_a_new_signature_gets_the_confirm_mail(inbox: Inbox) -> None:
    builders.signed(builders.letter(), name="Zoë Ångström", email="zoe@example.org")
    assert drain() == 1
    [mail] = inbox.mails
    assert mail["To"] == "zoe@example.org"
    assert mail["Subject"].strip() == 'Confirm your signature: "Keep the night trains running"'
    assert mail["Message-ID"] == f"<{Message.objects.get().uid}@testserver>"
    assert parsedate_to_datetime(mail["Date"]) == NOW
    parts = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]  # type: ignore[union-attr]
    assert all("Zoë Ångström" in part and inbox.link() in part for part in parts)


def test_before_confirmation_a_mail_holds_nothing_that_a_stranger_typed_but_the_name(inbox: Inbox) -> None:
    builders.signed(builders.letter(), role="Buy now", affiliation="Cheap pills")
    drain()
    # Decoded part by part: the mail as it travels is base64, in which no words are found.
    parts = [part.get_content() for part in inbox.mails[0].walk() if part.get_content_maintype() == "text"]
    said = "\n".join([str(inbox.mails[0]["Subject"]), *parts])
    assert "Ben Okafor" in said
    assert "Buy now" not in said
    assert "Cheap pills" not in said


def test_a_repeat_signer_is_told_so_and_nothing_else_differs(inbox: Inbox) -> None:
    letter = builders.letter()
    builders.confirmed(letter)
    builders.signed(letter, at=NOW + timedelta(minutes=5))
    drain(after=timedelta(minutes=5))
    subjects = [mail["Subject"].split(' "')[0].strip() for mail in inbox.mails]
    assert subjects == ["You have already signed", "You have already signed"]


def test_one_connection_carries_many_mails(inbox: Inbox) -> None:
    letter = builders.letter()
    for number in range(25):
        builders.signed(letter, email=f"ben{number}@example.org")
    assert drain() == 25
    assert inbox.connections == 1


def test_a_permanent_refusal_bounces_and_the_rest_leaves(inbox: Inbox) -> None:
    letter = builders.letter()
    inbox.refuse_recipient = lambda address: "550 no such user" if address.startswith("ben@") else ""
    builders.signed(letter)
    builders.signed(letter, email="cleo@example.org")
    assert drain() == 1
    assert states() == [MessageState.BOUNCED, MessageState.SENT]
    assert Message.objects.order_by("id")[0].error == "550 no such user"


def test_an_address_that_does_not_open_is_given_up_and_the_rest_leaves(inbox: Inbox) -> None:
    letter = builders.letter()
    damaged = builders.counted(letter, email="ben@example.org")
    Message.objects.all().delete()
    signatures.withdraw(uid=damaged.uid, at=NOW)
    Signature.objects.filter(pk=damaged.pk).update(email_sealed=b"not sealed by us")
    builders.signed(letter, email="cleo@example.org")
    assert drain() == 1
    assert [mail["To"] for mail in inbox.mails] == ["cleo@example.org"]
    assert sorted(states()) == ["failed", "sent"]


@pytest.mark.parametrize("mood", ["recipient", "data"])
def test_a_passing_refusal_is_tried_again_with_the_same_message_id(inbox: Inbox, mood: str) -> None:
    builders.signed(builders.letter())
    if mood == "recipient":
        inbox.refuse_recipient = lambda address: "451 greylisted"
    else:
        inbox.refuse_data = "451 busy"
    assert drain() == 0
    assert states() == [MessageState.QUEUED]
    inbox.refuse_recipient, inbox.refuse_data = lambda address: "", ""
    assert drain(after=limits.RETRY_FIRST) == 1
    assert inbox.mails[0]["Message-ID"] == f"<{Message.objects.get().uid}@testserver>"


def test_a_dead_server_loses_nothing_and_ends_the_run(inbox: Inbox, settings: Settings) -> None:
    letter = builders.letter()
    for number in range(3):
        builders.signed(letter, email=f"ben{number}@example.org")
    alive, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert drain() == 0
    assert states() == [MessageState.QUEUED] * 3
    settings.EMAIL_PORT = alive
    assert drain(after=limits.RETRY_FIRST) == 3


def test_a_receipt_follows_the_count_and_another_the_withdrawal(inbox: Inbox) -> None:
    one = builders.counted(builders.letter())
    signatures.withdraw(uid=one.uid, at=NOW)
    drain(after=limits.SIGNED_MAIL_AFTER)
    subjects = [mail["Subject"].strip() for mail in inbox.mails]
    assert "Your signature was withdrawn" in subjects
    # What was true when it was queued is not any more: no "you signed" for a withdrawn signature.
    assert not any(subject.startswith("You signed") for subject in subjects)


def test_the_receipt_holds_the_words_that_were_signed(inbox: Inbox) -> None:
    builders.counted(builders.letter())
    drain(after=limits.SIGNED_MAIL_AFTER)
    body = inbox.mails[-1].get_body(("plain",))
    assert body is not None
    assert "Every evening people board a train" in body.get_content()


def test_no_mail_once_the_address_is_deleted(inbox: Inbox) -> None:
    one = builders.counted(builders.letter())
    type(one).objects.filter(pk=one.pk).update(email_sealed=None)
    drain(after=limits.SIGNED_MAIL_AFTER)
    assert states() == [MessageState.SENT, MessageState.SKIPPED]


def test_a_mail_is_not_begun_when_its_lease_is_about_to_end(inbox: Inbox) -> None:
    letter = builders.letter()
    for number in range(3):
        builders.signed(letter, email=f"ben{number}@example.org")
    moments = iter([timedelta(0)] * 3 + [limits.LEASE - timedelta(seconds=1)])

    def clock() -> datetime:
        return NOW + next(moments, timedelta(0))

    email.drain(clock=clock)
    assert set(states()) == {MessageState.SENT}
    assert len(inbox.mails) == 3


def test_a_long_queue_is_left_to_the_next_drain_in_time(inbox: Inbox) -> None:
    letter = builders.letter()
    for number in range(30):
        builders.signed(letter, email=f"ben{number}@example.org")
    seconds = itertools.count()
    email.drain(clock=lambda: NOW + timedelta(seconds=next(seconds)))
    assert 0 < len(inbox.mails) < 30
    assert not Message.objects.filter(state=MessageState.QUEUED, lease_until__isnull=False).exists()
    assert (limits.DRAIN_FOR + limits.LEASE).total_seconds() < app.conf.task_soft_time_limit


@pytest.mark.parametrize(("after_closing", "mails"), [(timedelta(hours=47), 1), (timedelta(hours=49), 0)])
def test_nobody_is_reminded_of_what_a_closed_letter_no_longer_takes(
    inbox: Inbox, after_closing: timedelta, mails: int
) -> None:
    letter = builders.letter()
    builders.signed(letter)
    drain()
    letters.close(letter=letter, by=None, at=NOW + timedelta(minutes=1))
    later = timedelta(minutes=1) + after_closing
    assert pending.remind(at=NOW + later) == 1
    assert drain(after=later) == mails
    assert len(inbox.mails) == 1 + mails
