"""Further versions of a text: numbered, explained, sealed, and never instead of what was signed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from letters.enums import EventName, Recipients, TextKind
from letters.models import Event, Leaf, Letter, LetterText, Signature, Tally
from letters.queries import letters as reading
from letters.services import ledger, letters, notices, signatures, versions
from letters.services.notices import Said
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
WORDS = {"title": "Die Nachtzüge", "addressees": "Die Minister", "body": "Guten Abend,"}


def german(letter: Letter, **fields: Any) -> LetterText:
    """A translation that is not published yet."""
    return LetterText(letter=letter, **{"language": "de", **WORDS, **fields})


def sign(letter: Letter, email: str) -> Signature:
    """Somebody signs what readers see now, and confirms."""
    text = reading.to_sign(slug=letter.slug)
    assert text is not None
    key = signatures.sign(text=text, answers=builders.answers(email=email), at=NOW)
    one = Signature.objects.live().get(letter=letter, email_key=key)
    return signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=NOW)


def test_a_correction_is_the_next_version_under_the_next_number() -> None:
    letter = builders.letter()
    text = builders.changed(letter, reason=" A wrong word. ")
    stored = LetterText.objects.get(pk=text.pk)
    assert (stored.version, stored.number, stored.authoritative) == (2, 2, True)
    assert (stored.kind, stored.reason, stored.published_at) == (TextKind.CORRECTION, "A wrong word.", NOW)
    assert stored.h == stored.compute_hash() != builders.text_of(letter).h
    assert Letter.objects.get().revision == letter.revision + 1
    event = Event.objects.get(name=EventName.TEXT_PUBLISHED)
    assert (event.subject, event.data["text"], event.data["kind"]) == (letter.public_id, 2, "correction")


def test_translations_come_with_a_version_or_later() -> None:
    letter = builders.letter()
    first = versions.translate(text=german(letter), by=None, at=NOW)
    assert (first.version, first.number, first.kind, first.reason) == (1, 2, TextKind.FIRST, "")
    text = LetterText(
        letter=letter, kind=TextKind.AMENDMENT, reason="Better so.", title="T", addressees="A", body="B"
    )
    with_it = german(letter, body="Guten Morgen,")
    versions.publish(text=text, translations=[with_it], by=None, at=NOW)
    later = versions.translate(text=german(letter, language="fr"), by=None, at=NOW)
    for one, number in ((with_it, 4), (later, 5)):
        stored = LetterText.objects.get(pk=one.pk)
        assert (stored.version, stored.number, stored.authoritative) == (2, number, False)
        assert (stored.kind, stored.reason) == (TextKind.AMENDMENT, "Better so.")
    assert Letter.objects.get().revision == letter.revision + 3


def test_a_correction_in_which_more_is_found_than_slips_is_refused() -> None:
    letter = builders.letter()
    with pytest.raises(versions.Weighty, match="second person"):
        builders.changed(letter, kind=TextKind.CORRECTION, body="Keep 12 trains.")
    assert builders.changed(letter, kind=TextKind.AMENDMENT, body="Keep 12 trains.").version == 2


def test_what_a_second_person_let_through_names_both_in_the_trail() -> None:
    letter = builders.letter()
    fay, sam = (builders.member(letter.organization, email=f"{name}@example.org") for name in ("fay", "sam"))
    last = builders.text_of(letter)
    text = LetterText(letter=letter, reason="A date.", title="Keep 12 trains", body=last.body)
    text.addressees = last.addressees
    asked = versions.ask(text=text, by=fay, at=NOW)
    made = versions.correct(pk=asked.pk, grounds=" It was 12. ", by=sam, at=NOW)
    assert (made.title, made.kind, made.checked) == ("Keep 12 trains", TextKind.CORRECTION, "It was 12.")
    told = {event.name: event.actor for event in Event.objects.filter(subject=letter.public_id)}
    assert told[EventName.APPROVAL_ASKED] == told[EventName.TEXT_PUBLISHED] == f"user:{fay.pk}"
    assert told[EventName.APPROVAL_GIVEN] == f"user:{sam.pk}"
    with pytest.raises(versions.NotStanding):
        versions.correct(pk=asked.pk, grounds="Again.", by=sam, at=NOW)


def test_only_a_correction_can_be_said_to_be_checked() -> None:
    with pytest.raises(DatabaseError, match="text_only_corrections_are_checked"):
        builders.changed(builders.letter(), kind=TextKind.AMENDMENT, checked="By nobody.")


def test_a_new_text_is_a_leaf_before_whoever_signs_it_and_each_stays_on_their_own() -> None:
    letter = builders.letter()
    early = sign(letter, "ben@example.org")
    waiting = builders.signed(letter, email="dov@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)
    assert Tally.objects.get().by_text == {"1": 1}
    text = builders.changed(letter)
    late = sign(letter, "cleo@example.org")
    signatures.confirm(uid=waiting.uid, seen=waiting.seen_digest(), at=NOW)
    before = Tally.objects.get().size
    ledger.seal(letter_id=letter.pk, at=NOW)
    found = [json.loads(bytes(row.data)) for row in Leaf.objects.filter(index__gte=before).order_by("index")]
    assert [leaf["t"] for leaf in found] == ["text", "sign", "sign", "tally"]
    assert (found[0]["n"], found[0]["h"]) == (2, text.h)
    assert sorted(leaf["n"] for leaf in found[1:3]) == [1, 2]
    assert Tally.objects.get().by_text == {"1": 2, "2": 1}
    assert (builders.stored(early.uid).text.version, builders.stored(late.uid).text.version) == (1, 2)
    signatures.withdraw(uid=early.uid, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW)
    assert Tally.objects.get().by_text == {"1": 1, "2": 1}


@pytest.mark.parametrize(
    ("fields", "refusal", "says"),
    [
        ({"reason": "  "}, versions.NotReady, "Say why"),
        ({"kind": TextKind.FIRST}, versions.NotReady, "corrects the text or amends"),
        ({"body": " \n"}, versions.NotReady, "a title, whom it is addressed to, and its text"),
        ({"language": "de"}, versions.WrongLanguage, "binding text first"),
        ({"language": "English"}, versions.WrongLanguage, "a language code"),
        ({"published_at": NOW}, versions.NotReady, "cannot be changed"),
    ],
)
def test_a_version_is_refused_with_what_is_missing(
    fields: dict[str, Any], refusal: type[Exception], says: str
) -> None:
    letter = builders.letter()
    with pytest.raises(refusal, match=says):
        builders.changed(letter, **fields)
    assert LetterText.objects.count() == 1


def test_the_same_words_are_no_version() -> None:
    letter = builders.letter()
    same = builders.text_of(letter).body.replace("\n", "\r\n")
    with pytest.raises(versions.NotReady, match="Change something first"):
        builders.changed(letter, body=same)


def test_a_translation_waits_for_what_people_are_told_about_their_data_in_its_language() -> None:
    letter = builders.letter()
    later = german(letter, language="el")
    with pytest.raises(versions.NotReady, match="no words in Ελληνικά for what people are told"):
        versions.translate(text=later, by=None, at=NOW)
    amended = LetterText(letter=letter, kind=TextKind.AMENDMENT, reason="More.", **{**WORDS, "body": "All."})
    with pytest.raises(versions.NotReady, match="Write them"):
        versions.publish(text=amended, translations=[later], by=None, at=NOW)
    assert LetterText.objects.count() == 1
    said = Said(Recipients.NOBODY, letter.kept_until, notices={**letter.notices, "el": "Όλα."})
    notices.say(letter=letter, said=said, by=None, at=NOW)
    assert versions.translate(text=later, by=None, at=NOW).published_at == NOW


def test_a_translation_waits_for_the_names_of_those_who_get_the_data() -> None:
    letter = builders.letter(recipients=Recipients.OTHERS, recipients_named={"en": "The EU"})
    with pytest.raises(versions.NotReady, match="Name in Français who else gets the data"):
        versions.translate(text=german(letter, language="fr"), by=None, at=NOW)


def test_a_language_has_one_text_of_a_version() -> None:
    letter = builders.letter()
    versions.translate(text=german(letter), by=None, at=NOW)
    for text in (german(letter), german(letter, language="en")):
        with pytest.raises(versions.WrongLanguage, match="in that language already"):
            versions.translate(text=text, by=None, at=NOW)


@pytest.mark.parametrize("state", ["draft", "closed", "withdrawn", "over"])
def test_a_text_changes_only_while_the_letter_may_be_signed(state: str) -> None:
    letter = builders.draft() if state == "draft" else builders.letter(closes_at=NOW + timedelta(hours=1))
    if state == "closed":
        letters.close(letter=letter, by=None, at=NOW)
    if state == "withdrawn":
        letters.withdraw(letter=letter, reason="Not ours.", by=None, at=NOW)
    at = NOW + timedelta(hours=2) if state == "over" else NOW
    with pytest.raises(versions.WrongState):
        builders.changed(letter, at=at)
    with pytest.raises(versions.WrongState):
        versions.translate(text=german(letter), by=None, at=at)


def test_the_text_of_a_paused_letter_may_change() -> None:
    letter = letters.pause(letter=builders.letter(), by=None, at=NOW)
    assert builders.changed(letter).version == 2
