"""Forgetting a person: at once, and again when a restore brought them back in any state."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from letters.enums import RemovalReason, SignatureState
from letters.models import Erasure, Event, Message, Signature, Tally
from letters.services import erasures, ledger, recounts, removals, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
SINCE = NOW + timedelta(minutes=5)


def words_of(one: Signature) -> str:
    """Return everything that the row holds, as text."""
    return str(Signature.objects.filter(pk=one.pk).values().get())


def test_an_erasure_is_noted_once() -> None:
    one = builders.counted(builders.letter())
    erasures.erase(uid=one.uid, at=NOW)
    erasures.erase(uid=one.uid, at=LATER)
    assert list(Erasure.objects.values_list("uid", "at", "journaled_at")) == [(one.uid, NOW, None)]
    assert Event.objects.filter(name="signature.erased").count() == 1


def test_what_still_waits_is_not_erased_and_not_noted() -> None:
    one = builders.signed(builders.letter())
    with pytest.raises(erasures.NotNow):
        erasures.erase(uid=one.uid, at=NOW)
    assert not Erasure.objects.exists()


def make(state: str) -> Signature:
    """Return somebody in this state."""
    letter = builders.letter()
    if state == "pending":
        return builders.signed(letter)
    if state == "waiting":
        return builders.confirmed(letter)
    if state == "held":
        one = builders.signed(letter)
        Signature.objects.filter(pk=one.pk).update(state=SignatureState.HELD, held_at=NOW)
        return one
    one = builders.counted(letter)
    if state == "withdrawn":
        signatures.withdraw(uid=one.uid, at=NOW)
    if state == "removed":
        removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    return one


@pytest.mark.parametrize("state", ["waiting", "held", "confirmed", "withdrawn", "removed"])
def test_whoever_is_back_is_erased_again(state: str) -> None:
    one = make(state)
    before = builders.stored(one.uid)
    assert "Ben Okafor" in words_of(one)
    assert erasures.repeat(uid=one.uid, since=SINCE, at=LATER) == erasures.ERASED
    after = builders.stored(one.uid)
    assert (after.state, after.tallied, after.leaf) == (before.state, before.tallied, before.leaf)
    assert (after.name, after.address, after.salt_sealed, after.erased_at) == ("", None, None, SINCE)
    assert "Ben" not in words_of(one)
    assert list(Erasure.objects.values_list("uid", "at", "journaled_at")) == [(one.uid, SINCE, LATER)]
    while ledger.seal(letter_id=one.letter_id, at=LATER):
        pass
    assert recounts.compare(letter_id=one.letter_id, at=LATER) == {}
    tally = Tally.objects.get()
    assert tally.erased_counted == tally.count == (1 if state in {"waiting", "confirmed"} else 0)


def test_a_form_that_nobody_confirmed_yet_is_deleted_whole() -> None:
    one = make("pending")
    assert erasures.repeat(uid=one.uid, since=SINCE, at=LATER) == erasures.DELETED
    assert not Signature.objects.exists()
    assert erasures.repeat(uid=one.uid, since=SINCE, at=LATER) == erasures.UNKNOWN


@pytest.mark.parametrize("state", ["pending", "waiting", "confirmed", "removed"])
def test_no_mail_leaves_that_was_queued_before(state: str) -> None:
    one = make(state)
    assert Message.objects.filter(state="queued").exists()
    erasures.repeat(uid=one.uid, since=SINCE, at=LATER)
    assert not Message.objects.filter(state="queued").exists()
    assert set(Message.objects.values_list("recipient_sealed", "mailbox")) == {(None, None)}


def test_who_signed_again_after_withdrawing_still_gets_the_mail_to_confirm() -> None:
    old = make("withdrawn")
    Message.objects.all().delete()
    builders.signed(old.letter)
    erasures.repeat(uid=old.uid, since=SINCE, at=LATER)
    assert Message.objects.filter(kind="reply", state="queued").count() == 1


def test_repeating_it_again_changes_nothing() -> None:
    one = make("confirmed")
    erasures.repeat(uid=one.uid, since=SINCE, at=LATER)
    before = (list(Signature.objects.values()), list(Erasure.objects.values()), Event.objects.count())
    assert erasures.repeat(uid=one.uid, since=SINCE, at=LATER + timedelta(hours=1)) == erasures.KNOWN
    assert before == (list(Signature.objects.values()), list(Erasure.objects.values()), Event.objects.count())


def test_somebody_whom_the_backup_never_knew_is_passed_over() -> None:
    assert erasures.repeat(uid=uuid4(), since=SINCE, at=LATER) == erasures.UNKNOWN
    assert not Erasure.objects.exists()


def test_one_who_was_removed_before_confirming_and_erased_cannot_be_made_to_count() -> None:
    one = make("held")
    removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    erasures.repeat(uid=one.uid, since=SINCE, at=LATER)
    assert builders.stored(one.uid).confirmed_at is None
    with pytest.raises(removals.WrongState):
        removals.restore(uid=one.uid, by=None, at=LATER)
