"""Forms that wait: the code, the reminder, "this was not me", and the end after two weeks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from letters import addresses, limits, tokens
from letters.enums import MessageKind, SignatureState
from letters.models import Event, Mailbox, Message, Signature
from letters.services import mailboxes, pending
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def enter(one: Signature, code: str, *, after: timedelta = timedelta(0)) -> object:
    return pending.open_by_code(
        letter_id=one.letter_id, mailbox=bytes(one.email_key), code=code, at=NOW + after
    )


def wrong(one: Signature) -> str:
    return f"{(int(tokens.code(uid=one.uid)) + 1) % 1_000_000:06}"


def test_the_code_of_the_mail_opens_its_signature() -> None:
    one = builders.signed(builders.letter())
    assert enter(one, tokens.code(uid=one.uid)) == one.uid


def test_a_code_has_six_digits_and_belongs_to_one_signature() -> None:
    letter = builders.letter()
    codes = {
        tokens.code(uid=builders.signed(letter, email=f"p{number}@example.org").uid) for number in range(20)
    }
    assert len(codes) > 15
    assert all(len(code) == 6 and code.isdigit() for code in codes)


def test_after_five_tries_the_right_code_is_refused_too_also_after_a_new_form() -> None:
    letter = builders.letter()
    one = builders.signed(letter)
    for _ in range(limits.CODE_TRIES):
        with pytest.raises(pending.WrongCode):
            enter(one, wrong(one))
    again = builders.signed(letter, at=NOW + timedelta(hours=1))
    assert again.uid == one.uid
    with pytest.raises(pending.WrongCode):
        enter(again, tokens.code(uid=one.uid), after=timedelta(hours=1))


def test_a_code_ends_with_its_link_and_with_the_wait() -> None:
    letter = builders.letter()
    old, done = builders.signed(letter), builders.confirmed(letter, email="cleo@example.org")
    with pytest.raises(pending.WrongCode):
        enter(old, tokens.code(uid=old.uid), after=limits.CONFIRM_WITHIN)
    with pytest.raises(pending.WrongCode):
        enter(done, tokens.code(uid=done.uid))


def test_a_disowned_form_is_gone_whole() -> None:
    one = builders.signed(builders.letter())
    for _ in range(2):
        pending.disown(uid=one.uid, never_again=False, at=NOW)
    assert not Signature.objects.exists()
    assert not Mailbox.objects.exists()


def test_never_again_stays_until_somebody_undoes_it() -> None:
    one = builders.signed(builders.letter())
    pending.disown(uid=one.uid, never_again=True, at=NOW)
    assert Mailbox.objects.get(key=addresses.site_key("BEN+x@example.org")).never_again_at == NOW
    mailboxes.forget(at=NOW + 400 * DAY)
    assert mailboxes.reopen(address="ben@example.org", by=None, at=NOW)
    assert not mailboxes.reopen(address="ben@example.org", by=None, at=NOW)
    mailboxes.forget(at=NOW + DAY)
    assert not Mailbox.objects.exists()
    assert set(Event.objects.filter(name__startswith="mailbox").values_list("name", flat=True)) == {
        "mailbox.closed",
        "mailbox.opened",
    }


def test_never_again_leaves_a_confirmed_signature_to_its_owner() -> None:
    one = builders.counted(builders.letter())
    pending.disown(uid=one.uid, never_again=True, at=NOW)
    assert builders.stored(one.uid).state == SignatureState.CONFIRMED


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_a_reminder_goes_once_to_those_who_wait_since_yesterday(rows: int) -> None:
    letter = builders.letter()
    for number in range(rows):
        builders.signed(letter, email=f"p{number}@example.org")
    builders.confirmed(letter, email="done@example.org")
    builders.signed(letter, email="late@example.org", at=NOW + timedelta(hours=20))
    assert pending.remind(at=NOW + timedelta(hours=23)) == 0
    assert pending.remind(at=NOW + timedelta(hours=25)) == rows
    assert pending.remind(at=NOW + timedelta(hours=26)) == 0
    assert Message.objects.filter(kind=MessageKind.REMINDER).count() == rows


def test_nobody_is_reminded_of_what_can_no_longer_be_confirmed() -> None:
    builders.signed(builders.letter())
    assert pending.remind(at=NOW + limits.CONFIRM_WITHIN) == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_form_is_deleted_after_two_weeks_and_nothing_else_is(rows: int) -> None:
    letter = builders.letter()
    for number in range(rows):
        builders.signed(letter, email=f"p{number}@example.org")
    kept = {builders.counted(letter, email="done@example.org").pk}
    kept.add(builders.signed(letter, email="late@example.org", at=NOW + 7 * DAY).pk)
    assert pending.expire(at=NOW + limits.PENDING_KEPT) == 0
    assert pending.expire(at=NOW + limits.PENDING_KEPT + timedelta(seconds=1)) == rows
    assert pending.expire(at=NOW + limits.PENDING_KEPT + timedelta(seconds=1)) == 0
    assert set(Signature.objects.values_list("pk", flat=True)) == kept
