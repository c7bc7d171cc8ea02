"""Writing and publishing: nothing half ready is shown, nothing published changes silently."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from letters.enums import EventName, LetterStatus, Phase
from letters.models import Event, Letter, LetterText, Organization, Tally
from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_publish_opens_the_letter_with_a_count_of_zero() -> None:
    letter = letters.publish(letter=builders.draft(), by=None, at=NOW)
    assert (letter.status, letter.published_at, letter.opens_at) == (LetterStatus.PUBLISHED, NOW, NOW)
    assert (letter.phase(at=NOW), Tally.objects.get().count) == (Phase.OPEN, 0)
    assert Event.objects.filter(name=EventName.LETTER_PUBLISHED, subject=letter.public_id).exists()


def test_publish_with_a_later_opening_is_scheduled() -> None:
    opens = NOW + timedelta(days=2)
    letter = letters.publish(letter=builders.draft(opens_at=opens), by=None, at=NOW)
    assert [letter.phase(at=at) for at in (NOW, opens)] == [Phase.SCHEDULED, Phase.OPEN]


def test_publish_twice_is_refused() -> None:
    with pytest.raises(letters.WrongState):
        letters.publish(letter=builders.letter(), by=None, at=NOW)


def test_publish_without_words_says_what_is_missing() -> None:
    letter = letters.create(
        letter=Letter(slug="empty", organization=builders.organization()), by=None, at=NOW
    )
    with pytest.raises(letters.NotReady, match="Write a title"):
        letters.publish(letter=letter, by=None, at=NOW)
    assert Letter.objects.get().status == LetterStatus.DRAFT


def test_publish_for_an_organization_without_approval_is_refused() -> None:
    letter = builders.draft()
    Organization.objects.update(approved_at=None)
    with pytest.raises(letters.NotReady, match="approval"):
        letters.publish(letter=Letter.objects.get(pk=letter.pk), by=None, at=NOW)


def test_publish_after_the_closing_time_is_refused() -> None:
    letter = builders.draft(closes_at=NOW - timedelta(minutes=1))
    with pytest.raises(letters.NotReady, match="closing time"):
        letters.publish(letter=letter, by=None, at=NOW)


def test_the_clock_closes_a_letter() -> None:
    closes = NOW + timedelta(days=10)
    letter = builders.letter(closes_at=closes)
    moments = (NOW, closes - timedelta(hours=47), closes)
    assert [letter.phase(at=at) for at in moments] == [Phase.OPEN, Phase.CLOSING, Phase.CLOSED]


def test_pause_resume_close() -> None:
    letter = builders.letter()
    assert letters.pause(letter=letter, by=None, at=NOW).phase(at=NOW) == Phase.PAUSED
    assert letters.resume(letter=letter, by=None, at=NOW).phase(at=NOW) == Phase.OPEN
    assert letters.close(letter=letter, by=None, at=NOW).phase(at=NOW) == Phase.CLOSED
    with pytest.raises(letters.WrongState):
        letters.resume(letter=letter, by=None, at=NOW)


def test_a_published_text_is_frozen_for_the_service_and_for_the_database() -> None:
    text = builders.text_of(builders.letter())
    text.body = "Something else."
    with pytest.raises(letters.Frozen):
        letters.write(text=text, by=None, at=NOW)
    with pytest.raises(DatabaseError, match=r"Cannot update .*or delete"), transaction.atomic():
        LetterText.objects.update(body="Something else.")
    with pytest.raises(DatabaseError, match=r"Cannot update .*or delete"), transaction.atomic():
        LetterText.objects.all().delete()


def test_the_address_of_a_published_letter_is_permanent() -> None:
    letter = builders.letter()
    letter.slug = "other"
    with pytest.raises(letters.Frozen):
        letters.change(letter=letter, by=None, at=NOW)


def test_every_change_moves_the_revision() -> None:
    letter = builders.letter()
    letter.place = "Paris"
    before = letter.revision
    assert letters.change(letter=letter, by=None, at=NOW).revision == before + 1


def test_an_answer_stands_with_who_gave_it_and_a_later_one_takes_its_place() -> None:
    letter = builders.letter()
    for day, words in enumerate(["We will read it.", " Yes.\r\nAll of it. "]):
        at = NOW + timedelta(days=day)
        stored = letters.answer(letter=letter, answer=words, answered_by=" The Minister ", by=None, at=at)
        assert stored.revision == letter.revision + 1 + day
    assert (stored.answer, stored.answered_by, stored.answered_at) == ("Yes.\nAll of it.", "The Minister", at)
    assert Event.objects.filter(name=EventName.LETTER_ANSWERED, subject=letter.public_id).count() == 2


@pytest.mark.parametrize("state", ["pause", "close"])
def test_a_letter_that_is_not_open_can_be_answered(state: str) -> None:
    letter = getattr(letters, state)(letter=builders.letter(), by=None, at=NOW)
    assert letters.answer(letter=letter, answer="Yes.", answered_by="M", by=None, at=NOW).answered_at == NOW


@pytest.mark.parametrize(("words", "who"), [(" ", "The Minister"), ("Yes.", " ")])
def test_half_an_answer_is_refused(words: str, who: str) -> None:
    letter = builders.letter()
    with pytest.raises(letters.NotReady, match="say who wrote it"):
        letters.answer(letter=letter, answer=words, answered_by=who, by=None, at=NOW)
    with pytest.raises(IntegrityError, match="letter_answer_is_whole"), transaction.atomic():
        Letter.objects.update(answer=words.strip(), answered_by=who.strip())


def test_a_draft_and_a_withdrawn_letter_have_no_answer() -> None:
    withdrawn = letters.withdraw(letter=builders.letter(), reason="Not ours.", by=None, at=NOW)
    for letter in (builders.draft("other"), withdrawn):
        with pytest.raises(letters.WrongState):
            letters.answer(letter=letter, answer="Yes.", answered_by="M", by=None, at=NOW)


def test_an_answer_outlives_options_that_were_read_before_it() -> None:
    read_before = builders.letter()
    letters.answer(letter=read_before, answer="Yes.", answered_by="M", by=None, at=NOW)
    read_before.place = "Paris"
    letters.change(letter=read_before, by=None, at=NOW)
    stored = Letter.objects.get()
    assert (stored.place, stored.answer, stored.answered_at) == ("Paris", "Yes.", NOW)


def test_the_hash_binds_every_word_of_a_version() -> None:
    text = builders.text_of(builders.letter())
    assert text.h == text.compute_hash()
    for field, value in (
        ("title", "x"),
        ("addressees", "x"),
        ("body", "x"),
        ("language", "fr"),
        ("version", 2),
    ):
        was = getattr(text, field)
        setattr(text, field, value)
        assert text.compute_hash() != text.h
        setattr(text, field, was)


def test_the_audit_trail_only_grows() -> None:
    builders.letter()
    with pytest.raises(DatabaseError, match=r"Cannot update .*or delete"), transaction.atomic():
        Event.objects.update(actor="nobody")
    with pytest.raises(DatabaseError, match=r"Cannot update .*or delete"), transaction.atomic():
        Event.objects.all().delete()


def test_a_target_needs_its_reason() -> None:
    letter = builders.letter()
    with pytest.raises(IntegrityError, match="letter_target_has_reason"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(target=15000)


def test_withdraw_needs_a_reason_and_a_published_letter() -> None:
    letter = builders.letter()
    with pytest.raises(letters.NotReady, match="Say why"):
        letters.withdraw(letter=letter, reason="  ", by=None, at=NOW)
    withdrawn = letters.withdraw(letter=letter, reason="The ministry has agreed.", by=None, at=NOW)
    assert (withdrawn.status, withdrawn.withdrawn_reason) == ("withdrawn", "The ministry has agreed.")
    for again in (letter, builders.draft("other")):
        with pytest.raises(letters.WrongState):
            letters.withdraw(letter=again, reason="Once more.", by=None, at=NOW)
