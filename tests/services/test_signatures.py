"""Signing, confirming, withdrawing: what is stored, what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from letters import limits
from letters.enums import Display, EntryKind, EventName, MessageKind, SignatureState, Visibility
from letters.models import Event, LedgerEntry, Message, NamesRevision, Signature, Tally
from letters.services import ledger, letters, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_sign_stores_a_pending_row_and_one_message() -> None:
    letter = builders.letter()
    one = builders.signed(letter, name="Zoë Ångström")
    assert (one.name, one.state, one.display) == ("Zoë Ångström", SignatureState.PENDING, Display.SHOWN)
    assert one.address == "ben@example.org"
    assert one.text == builders.text_of(letter)
    message = Message.objects.get()
    assert (message.kind, message.subject) == (MessageKind.REPLY, None)
    assert not Event.objects.filter(subject=str(one.uid)).exists()


def test_sign_stores_no_address_in_clear() -> None:
    one = builders.signed(builders.letter())
    message = Message.objects.get()
    for sealed in (one.email_sealed, one.email_key, message.recipient_sealed, message.mailbox):
        assert sealed is not None
        assert b"ben" not in bytes(sealed)


def test_sign_again_while_pending_renews_the_details() -> None:
    letter = builders.letter()
    first = builders.signed(letter, name="ben", role="")
    again = builders.signed(letter, name="Ben Okafor", role="Nurse", email="Ben+petition@example.org")
    assert (again.pk, again.uid) == (first.pk, first.uid)
    assert (again.name, again.role, again.address) == ("Ben Okafor", "Nurse", "Ben+petition@example.org")


def test_sign_again_after_confirming_changes_nothing() -> None:
    letter = builders.letter()
    first = builders.confirmed(letter)
    again = builders.signed(letter, name="Somebody Else", at=NOW + timedelta(minutes=2))
    assert (again.pk, again.name, again.state) == (first.pk, "Ben Okafor", SignatureState.CONFIRMED)


def test_sign_twice_in_a_minute_queues_one_mail_and_another_minute_one_more() -> None:
    letter = builders.letter()
    for seconds in (0, 10, 70):
        builders.signed(letter, at=NOW + timedelta(seconds=seconds))
    assert Message.objects.count() == 2


def test_the_same_mailbox_may_sign_two_letters_and_nothing_joins_them() -> None:
    one = builders.signed(builders.letter())
    other = builders.signed(builders.letter("day-trains"))
    assert bytes(one.email_key) != bytes(other.email_key)


@pytest.mark.parametrize("stop", [letters.pause, letters.close])
def test_sign_a_letter_that_is_not_open_is_refused(stop: object) -> None:
    letter = builders.letter()
    stop(letter=letter, by=None, at=NOW)  # type: ignore[operator]
    with pytest.raises(signatures.NotOpen):
        builders.signed(letter, at=NOW + timedelta(seconds=1))
    assert not Signature.objects.exists()


def test_sign_writes_with_one_statement() -> None:
    text = builders.text_of(builders.letter())
    with CaptureQueriesContext(connection) as captured:
        signatures.sign(text=text, answers=builders.answers(), at=NOW)
    [statement] = [query["sql"] for query in captured.captured_queries]
    assert re.findall(r"INSERT INTO (\w+)", statement) == ["letters_signature", "letters_message"]


@pytest.mark.django_db(transaction=True)
def test_sign_refuses_to_be_a_part_of_something_that_may_still_be_undone() -> None:
    text = builders.text_of(builders.letter())
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        signatures.sign(text=text, answers=builders.answers(), at=NOW)


def test_confirm_queues_the_count_and_leaves_a_trace() -> None:
    one = builders.confirmed(builders.letter())
    assert (one.state, one.confirmed_at, one.counted_at) == (SignatureState.CONFIRMED, NOW, None)
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.signature_id) == (EntryKind.SIGN, one.pk)
    assert Event.objects.filter(name=EventName.SIGNATURE_CONFIRMED, subject=str(one.uid)).count() == 1


def test_confirm_twice_counts_once() -> None:
    one = builders.confirmed(builders.letter())
    signatures.confirm(uid=one.uid, seen="anything", at=NOW)
    assert LedgerEntry.objects.count() == 1


def test_confirm_what_changed_since_it_was_shown_is_refused() -> None:
    letter = builders.letter()
    seen = builders.signed(letter).seen_digest()
    changed = builders.signed(letter, name="Mallory")
    with pytest.raises(signatures.Changed):
        signatures.confirm(uid=changed.uid, seen=seen, at=NOW)
    assert builders.stored(changed.uid).state == SignatureState.PENDING


def test_confirm_after_closing_counts_within_the_grace_only() -> None:
    letter = builders.letter(closes_at=NOW + timedelta(hours=1))
    in_time, late = builders.signed(letter), builders.signed(letter, email="cleo@example.org")
    edge = NOW + timedelta(hours=1) + limits.CONFIRM_GRACE
    signatures.confirm(uid=in_time.uid, seen=in_time.seen_digest(), at=edge)
    with pytest.raises(signatures.TooLate):
        signatures.confirm(uid=late.uid, seen=late.seen_digest(), at=edge + timedelta(seconds=1))
    assert builders.stored(in_time.uid).state == SignatureState.CONFIRMED
    assert builders.stored(late.uid).state == SignatureState.PENDING


def test_confirm_nothing_is_refused() -> None:
    with pytest.raises(signatures.Unknown):
        signatures.confirm(uid=uuid4(), seen="", at=NOW)


def test_a_private_signature_is_never_shown() -> None:
    one = builders.confirmed(builders.letter(), visibility=Visibility.PRIVATE)
    assert one.display == Display.PRIVATE


def test_a_letter_with_review_shows_no_name_before_it() -> None:
    one = builders.confirmed(builders.letter(names_after_review=True))
    assert one.display == Display.WAITING


def test_withdraw_before_counting_leaves_no_trace_in_the_number() -> None:
    one = builders.confirmed(builders.letter())
    signatures.withdraw(uid=one.uid, at=NOW)
    before = Tally.objects.values().get()
    assert ledger.seal(letter_id=one.letter_id, at=NOW) == 1
    assert Tally.objects.values().get() == before
    assert (builders.stored(one.uid).state, builders.stored(one.uid).counted_at) == (
        SignatureState.WITHDRAWN,
        None,
    )
    assert not LedgerEntry.objects.exists()


def test_withdraw_a_pending_signature_tells_nobody_but_its_owner() -> None:
    one = builders.signed(builders.letter())
    signatures.withdraw(uid=one.uid, at=NOW)
    assert not LedgerEntry.objects.exists()
    assert not Event.objects.filter(subject=str(one.uid)).exists()
    assert Message.objects.filter(kind=MessageKind.WITHDRAWN, subject=one.uid).count() == 1


def test_withdraw_a_counted_name_takes_it_off_at_once() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    before = NamesRevision.objects.get(letter=letter).value
    signatures.withdraw(uid=one.uid, at=NOW)
    signatures.withdraw(uid=one.uid, at=NOW)
    assert not Signature.objects.on_the_wall().exists()
    assert LedgerEntry.objects.filter(kind=EntryKind.CHANGE).count() == 1
    assert NamesRevision.objects.get(letter=letter).value == before + 1


def test_withdraw_and_sign_again_is_a_new_signature() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    signatures.withdraw(uid=one.uid, at=NOW)
    again = builders.counted(letter, at=NOW + timedelta(minutes=2))
    assert again.pk != one.pk
    letter.tally.refresh_from_db()
    assert (letter.tally.count, letter.tally.signed, letter.tally.withdrawn) == (1, 2, 1)
    assert ledger.seal(letter_id=letter.pk, at=NOW) == 0
