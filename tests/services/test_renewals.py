"""Somebody who signed an earlier text signs the amended one: the number stays, and the ledger tells of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError

from letters.enums import EventName, RemovalReason, TextKind
from letters.models import Event, Leaf, Letter, LetterText, NamesRevision, Signature, Tally, claim, renewal
from letters.queries import leaves
from letters.services import erasures, ledger, letters, recounts, removals, renewals, signatures, versions
from tests import builders, replay
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def ben() -> Signature:
    """Ben and Cleo are counted under the first text."""
    letter = builders.letter()
    builders.confirmed(letter, email="cleo@example.org")
    return builders.counted(letter)


def amend(letter: Letter, **fields: object) -> LetterText:
    return builders.changed(letter, title="Keep all night trains", **{"asks_again": True, **fields})


def seal(letter: Letter) -> list[dict[str, object]]:
    before = Tally.objects.get(letter=letter).size
    ledger.seal(letter_id=letter.pk, at=NOW + HOUR)
    assert recounts.compare(letter_id=letter.pk, at=NOW + HOUR) == {}
    rows = Leaf.objects.filter(letter=letter, index__gte=before).order_by("index")
    return [json.loads(bytes(row.data)) for row in rows]


def test_the_number_stays_and_one_more_stands_on_the_new_text(ben: Signature) -> None:
    text = amend(ben.letter)
    before = Tally.objects.get()
    shown = NamesRevision.objects.get().value
    renewals.renew(uid=ben.uid, seen=text.h, at=NOW)
    assert NamesRevision.objects.get().value == shown + 1
    assert Tally.objects.get().by_text == {"1": 2}
    assert recounts.compare(letter_id=ben.letter_id, at=NOW) == {}
    found = seal(ben.letter)
    assert [leaf["t"] for leaf in found] == ["text", "amend", "tally"]
    assert (found[1]["i"], found[1]["n"]) == (ben.leaf, 2)
    after, row = Tally.objects.get(), builders.stored(ben.uid)
    assert (after.count, after.parts()) == (before.count, before.parts())
    assert after.by_text == {"1": 1, "2": 1}
    assert (row.text, row.counted_text) == (text, None)
    assert replay.of(ben.letter).counted == 2
    assert b'"text":"' + text.h.encode() in claim.claim_of(row)
    event = Event.objects.get(name=EventName.SIGNATURE_RENEWED)
    assert (event.subject, event.data) == (str(ben.uid), {"text": 2, "before": 1})


def test_once_more_changes_nothing(ben: Signature) -> None:
    text = amend(ben.letter)
    for _ in range(2):
        renewals.renew(uid=ben.uid, seen=text.h, at=NOW)
    seal(ben.letter)
    renewals.renew(uid=ben.uid, seen=text.h, at=NOW)
    assert [leaf["t"] for leaf in seal(ben.letter)] in ([], ["tally"])
    assert Event.objects.filter(name=EventName.SIGNATURE_RENEWED).count() == 1


def test_two_amendments_before_a_seal_leave_the_text_that_the_tally_knows(ben: Signature) -> None:
    first = amend(ben.letter)
    renewals.renew(uid=ben.uid, seen=first.h, at=NOW)
    second = amend(ben.letter, body="Keep them.")
    renewals.renew(uid=ben.uid, seen=second.h, at=NOW)
    assert builders.stored(ben.uid).counted_text == 1
    seal(ben.letter)
    assert Tally.objects.get().by_text == {"1": 1, "3": 1}


@pytest.mark.parametrize("what", ["withdrawn", "removed", "erased"])
def test_what_becomes_of_it_before_the_seal_leaves_the_text_that_the_tally_knows(
    ben: Signature, what: str
) -> None:
    renewals.renew(uid=ben.uid, seen=amend(ben.letter).h, at=NOW)
    if what == "withdrawn":
        signatures.withdraw(uid=ben.uid, at=NOW)
    elif what == "removed":
        removals.remove(uid=ben.uid, reason=RemovalReason.OTHER, by=None, at=NOW)
    else:
        erasures.erase(uid=ben.uid, at=NOW)
    seal(ben.letter)
    stand = Tally.objects.get().by_text
    assert {number: many for number, many in stand.items() if many} == (
        {"1": 1, "2": 1} if what == "erased" else {"1": 1}
    )


def test_who_is_not_counted_yet_is_counted_under_the_new_text(ben: Signature) -> None:
    dov = builders.confirmed(ben.letter, email="dov@example.org")
    renewals.renew(uid=dov.uid, seen=amend(ben.letter).h, at=NOW)
    assert [leaf["t"] for leaf in seal(ben.letter)] == ["text", "sign", "tally"]
    assert Tally.objects.get().by_text == {"1": 2, "2": 1}


def test_an_amendment_that_does_not_ask_is_not_signed(ben: Signature) -> None:
    text = amend(ben.letter, asks_again=False)
    with pytest.raises(renewals.NotAsked):
        renewals.renew(uid=ben.uid, seen=text.h, at=NOW)


def test_a_correction_after_it_is_what_is_signed(ben: Signature) -> None:
    amended = amend(ben.letter, body=builders.text_of(ben.letter).body)
    corrected = builders.changed(ben.letter)
    assert renewal.text_for(builders.stored(ben.uid), at=NOW) == corrected
    with pytest.raises(renewals.TextChanged):
        renewals.renew(uid=ben.uid, seen=amended.h, at=NOW)


def test_a_translation_is_signed_by_whoever_signed_one(ben: Signature) -> None:
    words = {"language": "de", "title": "Züge", "addressees": "Sie", "body": "Alle."}
    german = versions.translate(text=LetterText(letter=ben.letter, **words), by=None, at=NOW)
    Signature.objects.filter(pk=ben.pk).update(text=german, counted_text=1)
    binding = amend(ben.letter)
    assert renewal.text_for(builders.stored(ben.uid), at=NOW) == binding
    newer = LetterText(letter=ben.letter, **{**words, "body": "Wirklich alle."})
    versions.translate(text=newer, by=None, at=NOW)
    assert renewal.text_for(builders.stored(ben.uid), at=NOW) == newer
    assert newer.asks_again


@pytest.mark.parametrize("verb", [letters.pause, letters.close])
def test_nobody_signs_while_nobody_can(ben: Signature, verb: object) -> None:
    text = amend(ben.letter)
    verb(letter=ben.letter, by=None, at=NOW)  # type: ignore[operator]
    with pytest.raises(renewals.NotAsked):
        renewals.renew(uid=ben.uid, seen=text.h, at=NOW)


def test_a_signature_that_does_not_stand_is_not_renewed(ben: Signature) -> None:
    text = amend(ben.letter)
    signatures.withdraw(uid=ben.uid, at=NOW)
    with pytest.raises(renewals.NotAsked):
        renewals.renew(uid=ben.uid, seen=text.h, at=NOW)


def test_a_receipt_proves_the_new_text(ben: Signature) -> None:
    text = amend(ben.letter)
    renewals.renew(uid=ben.uid, seen=text.h, at=NOW)
    seal(ben.letter)
    builders.published(ben.letter)
    made = leaves.receipt(signature=builders.stored(ben.uid))
    assert made is not None
    assert made.says("text") == text.h


def test_a_correction_asks_nobody(ben: Signature) -> None:
    with pytest.raises(versions.NotReady, match="Only an amendment"):
        builders.changed(ben.letter, asks_again=True)
    wrong = LetterText(letter=ben.letter, version=9, kind=TextKind.CORRECTION, reason="x", asks_again=True)
    with pytest.raises(DatabaseError, match="text_only_amendments_ask_again"):
        wrong.save()
