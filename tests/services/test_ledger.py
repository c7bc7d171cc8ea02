"""Sealing: the tally moves by exactly what was queued, and everything agrees with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from letters.enums import Interval, MessageKind, Visibility
from letters.models import LedgerEntry, Letter, Message, NamesRevision, Signature, Tally, TallyPoint
from letters.queries import ledger as waiting
from letters.records import locks
from letters.services import ledger, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def seal(letter: Letter, *, after: timedelta = timedelta(0)) -> Tally:
    ledger.seal(letter_id=letter.pk, at=NOW + after)
    return Tally.objects.get(letter=letter)


def test_seal_nothing_changes_nothing() -> None:
    letter = builders.letter()
    before = Tally.objects.values().get(letter=letter)
    assert ledger.seal(letter_id=letter.pk, at=NOW) == 0
    assert Tally.objects.values().get(letter=letter) == before


def test_seal_counts_each_part() -> None:
    letter = builders.letter()
    builders.confirmed(letter)
    builders.confirmed(letter, email="cleo@example.org", visibility=Visibility.PRIVATE)
    builders.signed(letter, email="dov@example.org")
    tally = seal(letter)
    assert (tally.count, tally.signed, tally.persons, tally.organizations) == (2, 2, 2, 0)
    assert (tally.public, tally.private, tally.by_email) == (1, 1, 2)
    assert not LedgerEntry.objects.exists()


def test_seal_stamps_what_it_counted_with_the_time_of_the_tally() -> None:
    letter = builders.letter()
    counted = builders.counted(letter)
    pending = builders.signed(letter, email="dov@example.org")
    assert counted.counted_at == Tally.objects.get(letter=letter).as_of == NOW
    assert builders.stored(pending.uid).counted_at is None


def test_seal_never_goes_back_in_time_even_when_the_clock_does() -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.confirmed(letter, email="cleo@example.org")
    assert seal(letter, after=-timedelta(hours=1)).as_of == NOW + timedelta(seconds=1)


def test_a_withdrawal_moves_the_tally_back_and_keeps_the_history() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    signatures.withdraw(uid=one.uid, at=NOW)
    tally = seal(letter, after=timedelta(hours=2))
    assert (tally.count, tally.signed, tally.withdrawn, tally.public) == (0, 1, 1, 0)
    points = TallyPoint.objects.filter(letter=letter, interval=Interval.HOUR)
    assert [(p.start.hour, p.new, p.withdrawn, p.total) for p in points] == [(12, 1, 0, 1), (14, 0, 1, 0)]
    day = TallyPoint.objects.get(letter=letter, interval=Interval.DAY)
    assert (day.start.hour, day.new, day.withdrawn, day.total) == (0, 1, 1, 0)


def test_seal_thanks_each_signatory_once_and_only_those_with_an_address() -> None:
    letter = builders.letter()
    builders.counted(letter)
    erased = builders.confirmed(letter, email="cleo@example.org")
    Signature.objects.filter(pk=erased.pk).update(email_sealed=None)
    seal(letter, after=timedelta(seconds=9))
    assert Message.objects.filter(kind=MessageKind.SIGNED).count() == 1


def test_seal_of_private_names_only_leaves_the_names_revision() -> None:
    letter = builders.letter()
    builders.counted(letter, visibility=Visibility.PRIVATE)
    assert NamesRevision.objects.get(letter=letter).value == 0
    builders.counted(letter, email="cleo@example.org")
    assert NamesRevision.objects.get(letter=letter).value == 1


def test_small_batches_wait_so_that_nobody_reads_when_one_person_confirmed(settings: object) -> None:
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 3, 60  # type: ignore[attr-defined]
    letter = builders.letter()
    for name in ("ben", "cleo"):
        builders.confirmed(letter, email=f"{name}@example.org")
    assert waiting.due(at=NOW + timedelta(seconds=59)) == []
    assert waiting.due(at=NOW + timedelta(seconds=60)) == [letter.pk]
    builders.confirmed(letter, email="dov@example.org")
    assert waiting.due(at=NOW) == [letter.pk]


def test_two_letters_are_counted_apart() -> None:
    one, other = builders.letter(), builders.letter("day-trains")
    builders.counted(one)
    assert (seal(one).count, seal(other).count) == (1, 0)


def test_while_one_seal_of_a_letter_runs_another_waits_for_the_next_time() -> None:
    letter = builders.letter()
    builders.confirmed(letter)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [locks.SEAL, letter.pk])
            assert ledger.seal(letter_id=letter.pk, at=NOW) == 0
            # Closing alone gives it back too, a moment later: too late on a busy machine.
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [locks.SEAL, letter.pk])
    finally:
        other.close()
    assert ledger.seal(letter_id=letter.pk, at=NOW) == 1


@pytest.mark.django_db(transaction=True)
def test_a_service_refuses_to_be_a_part_of_something_that_may_still_be_undone() -> None:
    letter = builders.letter()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ledger.seal(letter_id=letter.pk, at=NOW)
