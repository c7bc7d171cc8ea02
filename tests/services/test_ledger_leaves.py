"""What a seal writes about the letter itself: its opening, silence, end, texts and key."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from letters import limits, rules
from letters.enums import TextKind
from letters.models import Checkpoint, Leaf, Letter, LetterText, Signature, Tally
from letters.queries import ledger as waiting
from letters.services import erasures, ledger, letters
from tests import builders, replay
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def said(letter: Letter, *, since: int = 0) -> list[dict[str, Any]]:
    """Return what the leaves say, from one on."""
    rows = Leaf.objects.filter(letter=letter, index__gte=since).order_by("index")
    return [json.loads(bytes(data)) for data in rows.values_list("data", flat=True)]


def seal(letter: Letter, *, after: timedelta = timedelta(0)) -> list[str]:
    """Seal and return the types of the new leaves."""
    before = Tally.objects.get(letter=letter).size
    ledger.seal(letter_id=letter.pk, at=NOW + after)
    return [leaf["t"] for leaf in said(letter, since=before)]


def test_a_published_letter_has_a_ledger_with_its_text_and_nobody_in_it() -> None:
    letter = builders.letter()
    opened, text, tally = said(letter)
    assert opened == {
        "at": "2026-03-14T11:00:00Z",
        "l": letter.public_id,
        "rules": rules.DIGEST,
        "t": "open",
        "v": 1,
    }
    assert (text["t"], text["n"], text["lang"], text["h"]) == ("text", 1, "en", builders.text_of(letter).h)
    assert (tally["t"], tally["count"], tally["at"]) == ("tally", 0, opened["at"])
    stored = Checkpoint.objects.get(letter=letter)
    assert (stored.size, stored.texts, stored.closed) == (3, 1, False)
    assert letter.origin == f"testserver/ledger/{letter.public_id}"


def test_a_signature_is_a_leaf_that_names_nobody() -> None:
    letter = builders.letter()
    one = builders.counted(letter, name="Ada Zuckerkandl")
    leaf, _ = said(letter, since=3)
    assert sorted(leaf) == ["c", "k", "lang", "m", "n", "t", "v"]
    assert (one.leaf, one.claim_leaf, one.commitment) == (3, 3, None)
    assert (leaf["k"], leaf["lang"], leaf["m"], leaf["n"]) == ("person", "en", "email", 1)


def test_a_quiet_open_letter_says_every_six_hours_that_its_number_stands() -> None:
    letter = builders.letter()
    assert seal(letter, after=limits.HEARTBEAT - HOUR - timedelta(seconds=1)) == []
    later = limits.HEARTBEAT - HOUR
    assert waiting.due(at=NOW + later - timedelta(seconds=1)) == []
    assert waiting.due(at=NOW + later) == [letter.pk]
    assert seal(letter, after=later) == ["tally"]
    assert seal(letter, after=later + timedelta(seconds=9)) == []


def test_the_end_of_a_letter_is_a_leaf_and_then_it_may_be_silent() -> None:
    letter = builders.letter()
    letters.close(letter=letter, by=None, at=NOW)
    assert waiting.due(at=NOW) == [letter.pk]
    assert seal(letter) == ["close", "tally"]
    assert said(letter)[-2]["at"] == "2026-03-14T12:00:00Z"
    assert waiting.due(at=NOW + 99 * HOUR) == []
    assert seal(letter, after=99 * HOUR) == []


def test_a_letter_that_the_clock_ends_is_closed_in_its_ledger_too() -> None:
    letter = builders.letter(closes_at=NOW + HOUR)
    assert waiting.due(at=NOW + HOUR - timedelta(seconds=1)) == []
    assert waiting.due(at=NOW + HOUR) == [letter.pk]
    assert seal(letter, after=2 * HOUR) == ["close", "tally"]
    assert said(letter)[-2]["at"] == "2026-03-14T13:00:00Z"


def test_an_end_that_has_passed_cannot_be_moved() -> None:
    letter = builders.letter(closes_at=NOW)
    letter.closes_at = NOW + HOUR
    with pytest.raises(letters.Frozen, match="has ended"):
        letters.change(letter=letter, by=None, at=NOW)
    letters.change(letter=letter, by=None, at=NOW - timedelta(seconds=1))


def test_a_new_text_stands_before_whoever_signs_it() -> None:
    letter = builders.letter()
    text = LetterText.objects.create(
        letter=letter, version=2, title="T", addressees="A", body="B", h="ab" * 32, published_at=NOW,
        number=2, kind=TextKind.CORRECTION, reason="A typo.",
    )  # fmt: skip
    builders.confirmed(letter)
    Signature.objects.update(text=text)
    assert waiting.due(at=NOW) == [letter.pk]
    assert seal(letter) == ["text", "sign", "tally"]
    assert [leaf.get("n") for leaf in said(letter, since=3)] == [2, 2, None]


def test_a_changed_key_is_announced_once(settings: Settings) -> None:
    letter = builders.letter()
    builders.counted(letter)
    settings.LEDGER_KEY, settings.LEDGER_KEY_OLD = b"n" * 32, settings.LEDGER_KEY
    assert seal(letter, after=HOUR) == ["key", "tally"]
    assert seal(letter, after=2 * HOUR) == []


def test_a_process_without_the_key_counts_and_announces_nothing(settings: Settings) -> None:
    letter = builders.letter()
    builders.counted(letter)
    settings.LEDGER_KEY = None
    builders.confirmed(letter, email="cleo@example.org")
    assert seal(letter, after=HOUR) == ["sign", "tally"]


def test_an_erasure_before_counting_loses_nothing_and_names_nobody() -> None:
    letter = builders.letter()
    one = builders.confirmed(letter)
    promised = bytes(one.commitment or b"")
    erasures.erase(uid=one.uid, at=NOW)
    assert seal(letter) == ["sign", "tally"]
    row = builders.stored(one.uid)
    assert (row.tallied, row.salt_sealed, row.leaf) == ("erased", None, 3)
    assert len(promised) == 32
    assert replay.of(letter).counted == 1


@pytest.mark.parametrize("table", ["leaf", "ledgernode", "checkpoint", "event"])
@pytest.mark.parametrize(
    "act", ["DELETE FROM letters_{}", "UPDATE letters_{} SET id = id + 1", "TRUNCATE letters_{} CASCADE"]
)
def test_what_was_sealed_cannot_be_changed_by_sql(table: str, act: str) -> None:
    letter = builders.letter()
    for number in range(256):
        builders.confirmed(letter, email=f"ben{number}@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE refuses before while any is pending
        cursor.execute("SET LOCAL letters.may_truncate = 'no'")
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            cursor.execute(act.format(table))
