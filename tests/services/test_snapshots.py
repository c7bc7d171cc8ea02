"""How a day left the number, frozen for good: late, once, and the same whenever it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from letters.enums import RemovalReason, Visibility
from letters.models import Checkpoint, Event, Letter, Snapshot, Tally
from letters.queries import snapshots as waiting
from letters.services import erasures, ledger, letters, removals, signatures, snapshots
from letters.tasks import snapshots as tasks
from tests import builders
from tests.breaking import everything
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 3, 14)
MIDNIGHT = datetime(2026, 3, 15, tzinfo=UTC)
SOON = MIDNIGHT + timedelta(minutes=5)


def freeze(*, at: datetime) -> list[Snapshot]:
    """Do what the task does, and return what it made."""
    days = waiting.due(at=at, most=100)
    made = [snapshots.freeze(letter_id=letter_id, day=day, at=at) for letter_id, day in days]
    return [one for one in made if one]


def seal(letter: Letter, *, at: datetime) -> None:
    ledger.seal(letter_id=letter.pk, at=at)


def counts(letter: Letter) -> dict[int, int]:
    """Return the number in each record of a letter, by the day of the month."""
    return {one.day.day: one.checkpoint.parts["count"] for one in waiting.of(letter=letter)}


def test_a_record_holds_the_last_tally_before_midnight() -> None:
    letter = builders.letter()
    builders.counted(letter, at=NOW)
    builders.counted(letter, email="cleo@example.org", at=MIDNIGHT - timedelta(seconds=1))
    builders.counted(letter, email="dov@example.org", at=MIDNIGHT)
    [one] = freeze(at=SOON)
    assert (one.day, one.checkpoint.parts["count"]) == (TODAY, 2)
    assert one.checkpoint.at == MIDNIGHT - timedelta(seconds=1)
    assert one.text == builders.text_of(letter)
    assert one.frozen_at == SOON
    told = Event.objects.get(name="snapshot.frozen")
    assert (told.subject, told.data) == (letter.public_id, {"day": "2026-03-14", "count": 2})


@pytest.mark.parametrize("late", [timedelta(0), 5 * HOUR, 3 * DAY])
def test_it_does_not_matter_when_it_is_frozen(late: timedelta) -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    builders.counted(letter, email="cleo@example.org")
    text = builders.text_of(letter)
    if late:
        builders.changed(letter, at=MIDNIGHT + timedelta(minutes=1))
        signatures.withdraw(uid=one.uid, at=MIDNIGHT + timedelta(minutes=1))
        seal(letter, at=MIDNIGHT + timedelta(minutes=2))
    freeze(at=SOON + late)
    made = Snapshot.objects.select_related("checkpoint", "text").get(letter=letter, day=TODAY)
    assert (made.checkpoint.parts["count"], made.text) == (2, text)


def test_a_day_is_frozen_when_it_is_surely_over_and_then_never_again() -> None:
    letter = builders.letter()
    builders.counted(letter)
    early = SOON - timedelta(seconds=1)
    assert freeze(at=early) == []
    assert snapshots.freeze(letter_id=letter.pk, day=TODAY, at=early) is None
    assert len(freeze(at=SOON)) == 1
    before = everything()
    assert freeze(at=SOON + HOUR) == []
    assert snapshots.freeze(letter_id=letter.pk, day=TODAY, at=SOON + HOUR) is None
    assert everything() == before


def test_missed_days_are_caught_up_some_at_a_time() -> None:
    letter = builders.letter()
    for number in range(5):
        builders.counted(letter, email=f"ben{number}@example.org", at=NOW + number * DAY)
    late = NOW + 4 * DAY
    assert [day.day for _, day in waiting.due(at=late, most=3)] == [14, 15, 16]
    for _, day in waiting.due(at=late, most=3):
        snapshots.freeze(letter_id=letter.pk, day=day, at=late)
    assert [day.day for _, day in waiting.due(at=late, most=3)] == [17]
    freeze(at=late)
    assert counts(letter) == {14: 1, 15: 2, 16: 3, 17: 4}


def test_a_day_without_a_tally_of_an_open_letter_waits_for_the_next_one() -> None:
    letter = builders.letter()
    builders.counted(letter)
    assert len(freeze(at=SOON)) == 1
    assert freeze(at=SOON + 2 * DAY) == []
    seal(letter, at=NOW + 3 * DAY)
    assert [one.day.day for one in freeze(at=SOON + 2 * DAY)] == [15, 16]
    assert counts(letter) == {14: 1, 15: 1, 16: 1}


def test_a_closed_letter_gets_a_record_only_of_days_on_which_something_was_sealed() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    letters.close(letter=letter, by=None, at=NOW)
    seal(letter, at=NOW + HOUR)
    freeze(at=SOON)
    signatures.withdraw(uid=one.uid, at=NOW + 9 * DAY)
    seal(letter, at=NOW + 9 * DAY)
    assert freeze(at=SOON + 8 * DAY) == []
    assert [one.day.day for one in freeze(at=SOON + 20 * DAY)] == [23]
    assert counts(letter) == {14: 1, 23: 0}
    days = {
        day: waiting.of_day(letter=letter, day=TODAY + day * DAY, at=SOON + 20 * DAY) for day in range(-1, 22)
    }
    told = {number: one.day.day if one else None for number, one in days.items()}
    expected = dict.fromkeys(range(9), 14) | dict.fromkeys(range(9, 21), 23) | {-1: None, 21: None}
    assert told == expected


def test_an_open_letters_day_without_a_record_has_none() -> None:
    letter = builders.letter()
    builders.counted(letter)
    freeze(at=SOON)
    assert waiting.of_day(letter=letter, day=TODAY + DAY, at=SOON + 5 * DAY) is None
    assert waiting.of_day(letter=letter, day=date.max, at=SOON) is None


def test_what_a_restore_left_unknown_is_not_made_up() -> None:
    letter = builders.letter()
    builders.counted(letter)
    for number in (1, 2, 3):
        builders.counted(letter, email=f"ben{number}@example.org", at=NOW + number * DAY)
    # As after a restore: the leaves are there, the states between are not.
    with transaction.atomic():
        unguarded(Checkpoint.objects.filter(letter=letter, at__in=[NOW + DAY, NOW + 2 * DAY]))
    assert [one.day.day for one in freeze(at=SOON + 3 * DAY)] == [17]


def unguarded(rows: QuerySet[Checkpoint]) -> None:
    """Delete rows past the trigger that guards them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        rows.delete()
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_few_of_a_country_are_not_told_apart() -> None:
    letter = builders.letter()
    given = ["DE"] * 10 + ["BE"] * 9 + ["FR"] + [""] * 3
    for number, country in enumerate(given):
        hidden = {"visibility": Visibility.PRIVATE} if number % 2 else {}
        builders.confirmed(letter, email=f"ben{number}@example.org", country=country, **hidden)
    gone = builders.confirmed(letter, email="gone@example.org", country="DE")
    seal(letter, at=NOW)
    removals.remove(uid=gone.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    seal(letter, at=NOW + HOUR)
    builders.confirmed(letter, email="waits@example.org", country="DE", at=NOW + HOUR)
    [one] = freeze(at=SOON)
    assert (one.countries, one.other, one.not_stated, one.stated) == ({"DE": 10}, 10, 3, 20)
    assert one.countries_as_of == NOW + HOUR
    assert one.stated + one.not_stated == one.checkpoint.parts["count"] == 23


def test_countries_say_as_of_which_tally_they_were_counted() -> None:
    letter = builders.letter()
    builders.counted(letter, country="DE")
    builders.counted(letter, email="cleo@example.org", country="DE", at=MIDNIGHT + HOUR)
    [one] = freeze(at=SOON + 2 * HOUR)
    assert one.checkpoint.parts["count"] == 1
    assert (one.stated + one.not_stated, one.countries_as_of) == (2, MIDNIGHT + HOUR)
    assert Tally.objects.get().as_of == one.countries_as_of


def test_nothing_that_happens_later_changes_a_record() -> None:
    letter = builders.letter()
    one, other = (builders.counted(letter, email=f"{name}@example.org") for name in "ab")
    [made] = freeze(at=SOON)
    before = list(Snapshot.objects.values())
    signatures.withdraw(uid=one.uid, at=SOON)
    erasures.erase(uid=other.uid, at=SOON)
    seal(letter, at=SOON + HOUR)
    assert list(Snapshot.objects.values()) == before
    for change in (made.delete, lambda: Snapshot.objects.update(other=9)):
        with pytest.raises(DatabaseError, match="snapshot"), transaction.atomic():
            change()
    assert "Ben Okafor" not in str(before)


def test_a_correction_stands_beside_it_for_good() -> None:
    letter = builders.letter()
    builders.counted(letter)
    [made] = freeze(at=SOON)
    revision = letter.revision
    said = snapshots.correct(
        snapshot=made, wrong=" Twelve came from one script. ", said_by="Ada", by=None, at=SOON + DAY
    )
    [found] = waiting.corrections(snapshot=made)
    assert (found.wrong, found.said_by, found.at) == ("Twelve came from one script.", "Ada", SOON + DAY)
    letter.refresh_from_db()
    assert letter.revision > revision
    for change in (said.delete, lambda: made.corrections.update(wrong="Nothing.")):
        with pytest.raises(DatabaseError, match="correction"), transaction.atomic():
            change()
    for wrong, who in (("", "Ada"), ("It is wrong.", " ")):
        with pytest.raises(snapshots.NotSaid):
            snapshots.correct(snapshot=made, wrong=wrong, said_by=who, by=None, at=SOON)


def test_the_task_freezes_every_letter() -> None:
    moment = timezone.now() - 2 * DAY
    for slug in ("one", "other"):
        letter = builders.letter(slug, at=moment)
        builders.counted(letter, email=f"{slug}@example.org", at=moment + HOUR)
    tasks.freeze()
    assert {(one.letter.slug, one.day) for one in Snapshot.objects.select_related("letter")} >= {
        ("one", moment.date()),
        ("other", moment.date()),
    }
