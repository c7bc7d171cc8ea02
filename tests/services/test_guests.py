"""A mailbox is asked once to sign a letter, and what became of it tells of no private signature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from letters import limits
from letters.enums import GuestState, LetterStatus, MessageKind, Visibility
from letters.models import Event, Guest, Letter, Message, Organization, Signature
from letters.queries import guests as queries
from letters.records import figures
from letters.services import erasures, guests, letters, retention
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
NOOR = "noor@example.org"
HOUR = timedelta(hours=1)
LATE = NOW + limits.GUEST_FOR


def state(letter: Letter, *, after: timedelta = HOUR) -> GuestState:
    [one] = queries.asked(letter=letter, at=NOW + after)
    return one.state


def events() -> list[str]:
    return list(Event.objects.filter(name__startswith="guest").order_by("pk").values_list("name", flat=True))


def signs(letter: Letter, visibility: Visibility = Visibility.PUBLIC) -> Signature:
    return builders.counted(letter, email="Noor+letters@example.org", visibility=visibility, at=NOW + HOUR)


def test_its_address_is_sealed_and_listed_with_its_beginning() -> None:
    one = builders.guest(builders.letter(), words="Dear Noor, please do.")
    stored = Guest.objects.get()
    assert b"noor" not in bytes(stored.email_sealed or b"") + bytes(stored.key)
    [listed] = queries.asked(letter=one.letter, at=NOW)
    assert listed.address.replace("\u2060", "") == "no…@example.org"
    assert (listed.state, listed.invited_by, listed.can_be_taken_back) == (
        GuestState.SENT,
        "fay@example.org",
        True,
    )
    message = Message.objects.get()
    assert (message.kind, message.subject, message.recipient_sealed) == (MessageKind.GUEST, one.uid, None)
    assert events() == ["guest.invited"]


@pytest.mark.parametrize("again", [NOOR, "NOOR@example.org", "noor+press@example.org"])
@pytest.mark.parametrize("how", ["open", "taken back", "too old"])
def test_a_mailbox_is_asked_once_for_ever(again: str, how: str) -> None:
    one = builders.guest(builders.letter())
    if how == "taken back":
        guests.take_back(letter=one.letter, pk=one.pk, by=None, at=NOW)
    at = LATE if how == "too old" else NOW
    guests.forget(at=at)
    with pytest.raises(guests.AskedBefore, match="second mail"):
        builders.guest(one.letter, email=again, at=at)
    builders.guest(builders.letter("other", organization=one.letter.organization), email=again)
    assert Guest.objects.count() == 2


@pytest.mark.parametrize("how", ["draft", "paused", "closed", "withheld", "over"])
def test_nobody_is_asked_to_sign_what_cannot_be_signed(how: str) -> None:
    letter = builders.draft() if how == "draft" else builders.letter()
    if how == "paused":
        letters.pause(letter=letter, by=None, at=NOW)
    if how == "closed":
        letters.close(letter=letter, by=None, at=NOW)
    if how == "over":
        Letter.objects.update(closes_at=NOW)
    if how == "withheld":
        builders.withheld(letter, 1)
    with pytest.raises(guests.NotOpen, match="cannot be signed"):
        builders.guest(letter)
    assert not Guest.objects.exists()
    assert not Message.objects.filter(kind=MessageKind.GUEST).exists()


def test_nobody_gets_mail_because_of_an_organization_that_waits() -> None:
    letter = builders.letter()
    Organization.objects.update(approved_at=None)
    with pytest.raises(guests.NotApproved, match="approval"):
        builders.guest(letter)
    assert not Message.objects.exists()


def test_a_letter_asks_so_many_a_day() -> None:
    letter = builders.letter()
    for number in range(limits.GUESTS_MOST):
        builders.guest(letter, email=f"{number}@example.org")
    with pytest.raises(guests.TooMany, match="tomorrow"):
        builders.guest(letter)
    builders.guest(builders.letter("other", organization=letter.organization))
    builders.guest(letter, at=NOW + limits.GUESTS_WITHIN)


def test_it_is_signed_when_readers_see_the_name_and_its_address_goes() -> None:
    letter = builders.letter()
    one = builders.guest(letter, words="Please.")
    signs(letter)
    assert state(letter, after=2 * HOUR) == GuestState.SIGNED
    with pytest.raises(guests.Ended):
        guests.take_back(letter=letter, pk=one.pk, by=None, at=NOW + 2 * HOUR)
    assert guests.forget(at=NOW + 2 * HOUR) == 1
    one.refresh_from_db()
    assert (one.email_sealed, one.words) == (None, "")
    assert state(letter, after=2 * HOUR) == GuestState.SIGNED


@pytest.mark.parametrize("how", ["private", "waits for review", "not confirmed", "before", "elsewhere"])
def test_nothing_else_looks_like_a_signature(how: str) -> None:
    letter = builders.letter(names_after_review=how == "waits for review")
    if how == "before":
        builders.counted(letter, email=NOOR, at=NOW - HOUR / 2)
    if how == "elsewhere":
        signs(builders.letter("other", organization=letter.organization))
    one = builders.guest(letter)
    if how == "not confirmed":
        builders.signed(letter, email=NOOR, at=NOW + HOUR)
    if how in {"private", "waits for review"}:
        signs(letter, Visibility.PRIVATE if how == "private" else Visibility.PUBLIC)
    assert guests.forget(at=LATE - HOUR) == 0
    assert state(letter, after=2 * HOUR) == GuestState.SENT
    assert queries.asked(letter=letter, at=NOW + 2 * HOUR)[0].address
    assert state(letter, after=limits.GUEST_FOR) == GuestState.LAPSED
    guests.take_back(letter=letter, pk=one.pk, by=None, at=NOW + 2 * HOUR)
    assert state(letter, after=2 * HOUR) == GuestState.TAKEN_BACK


def test_figures_of_mails_do_not_tell_what_became_of_one() -> None:
    letter = builders.letter()
    builders.signed(letter)
    builders.guest(letter)
    with builders.durable.commit():
        assert {kind for kind, _state, _number in figures.mails(letter_id=letter.pk)} == {"reply"}


def test_it_is_taken_back_once_and_by_its_own_letter() -> None:
    one = builders.guest(builders.letter(), words="Please.")
    with pytest.raises(guests.Ended):
        guests.take_back(letter=builders.letter("other"), pk=one.pk, by=None, at=NOW)
    guests.take_back(letter=one.letter, pk=one.pk, by=None, at=NOW)
    with pytest.raises(guests.Ended):
        guests.take_back(letter=one.letter, pk=one.pk, by=None, at=NOW)
    one.refresh_from_db()
    assert (one.email_sealed, one.words, one.taken_back_at) == (None, "", NOW)
    assert events() == ["guest.invited", "guest.taken_back"]


def test_it_lapses_and_is_wiped_and_its_key_goes_with_the_addresses_of_the_letter() -> None:
    one = builders.guest(builders.letter(), words="Please.")
    assert guests.forget(at=LATE - timedelta(seconds=1)) == 0
    with pytest.raises(guests.Ended):
        guests.take_back(letter=one.letter, pk=one.pk, by=None, at=LATE)
    assert guests.forget(at=LATE) == 1
    one.refresh_from_db()
    assert (one.email_sealed, one.words) == (None, "")
    letters.close(letter=one.letter, by=None, at=LATE)
    assert guests.forget(at=LATE) == 0
    end = LATE + limits.KEPT_AFTER_CLOSING
    assert retention.forget(letter_id=one.letter_id, after=0, at=end) is None
    assert guests.forget(at=end) == 1
    assert not Guest.objects.exists()


def test_whoever_is_forgotten_is_forgotten_here_too_and_not_asked_again() -> None:
    letter = builders.letter()
    one = builders.guest(letter, words="Please.")
    erasures.erase(uid=signs(letter, Visibility.PRIVATE).uid, at=NOW + 2 * HOUR)
    one.refresh_from_db()
    assert (one.email_sealed, one.words) == (None, "")
    with pytest.raises(guests.AskedBefore):
        builders.guest(letter, at=NOW + 2 * HOUR)


@pytest.mark.parametrize("fields", [{"taken_back_at": NOW}, {"email_sealed": None, "words": "Please."}])
def test_the_table_itself_refuses_what_is_over_and_not_wiped(fields: dict[str, object]) -> None:
    builders.guest(builders.letter(status=LetterStatus.PUBLISHED))
    with pytest.raises(DatabaseError, match="guest_over_is_wiped"):
        Guest.objects.update(**fields)
