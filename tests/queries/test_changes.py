"""The record of the list by day: what the leaves say, and no day without a change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from letters import limits
from letters.enums import RemovalReason
from letters.models import Letter, Signature
from letters.queries import changes
from letters.services import ledger, recounts, removals, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sign(letter: Letter, many: int, *, at: datetime) -> list[Signature]:
    """So many sign and confirm; nobody is counted yet."""
    known = letter.signatures.count()
    return [
        builders.confirmed(letter, at=at, email=f"p{number}@example.org")
        for number in range(known, known + many)
    ]


def test_each_day_says_what_came_what_went_and_why() -> None:
    letter = builders.letter()
    people = sign(letter, 7, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW)
    for one, reason in zip(
        people, [RemovalReason.FLOOD, RemovalReason.FLOOD, RemovalReason.COURT], strict=False
    ):
        removals.remove(uid=one.uid, reason=reason, by=None, at=NOW + DAY)
    signatures.withdraw(uid=people[6].uid, at=NOW + DAY)
    sign(letter, 1, at=NOW + DAY)
    ledger.seal(letter_id=letter.pk, at=NOW + DAY)
    removals.restore(uid=people[0].uid, by=None, at=NOW + 2 * DAY)
    signatures.withdraw(uid=people[1].uid, at=NOW + 2 * DAY)
    ledger.seal(letter_id=letter.pk, at=NOW + 2 * DAY)
    found = changes.page(letter=letter)
    assert found.before is None
    shown = [
        (day.new, day.withdrawn, day.removed, day.restored, day.lost, day.withdrawn_after_removal, day.total)
        for day in found.days
    ]
    assert shown == [
        (0, 1, {}, 1, 0, 1, 5),
        (1, 1, {"flood": 2, "court": 1}, 0, 0, 0, 4),
        (7, 0, {}, 0, 0, 0, 7),
    ]
    assert [day.start.date().day for day in found.days] == [16, 15, 14]


def test_a_change_and_its_opposite_on_one_day_are_both_told() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    for act, minutes in ((removals.remove, 1), (removals.restore, 2)):
        given = {"reason": RemovalReason.REVIEW} if act is removals.remove else {}
        act(uid=one.uid, by=None, at=NOW + DAY, **given)  # type: ignore[operator]
        ledger.seal(letter_id=letter.pk, at=NOW + DAY + timedelta(minutes=minutes))
    [told, _] = changes.page(letter=letter).days
    assert (told.net_removed, told.removed, told.restored, told.total) == (0, {"review": 1}, 1, 1)


def test_days_without_a_change_are_left_out() -> None:
    letter = builders.letter()
    builders.counted(letter)
    for days in (1, 2, 3):  # the number stands, and the ledger says so
        assert ledger.seal(letter_id=letter.pk, at=NOW + days * DAY) == 0
    assert letter.points.filter(interval="day").count() == 4
    assert [day.start for day in changes.page(letter=letter).days] == [NOW.replace(hour=0)]


def test_a_removal_of_more_than_one_leaf_holds_is_one_number() -> None:
    letter = builders.letter()
    people = sign(letter, 300, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW)
    for one in people:
        removals.remove(uid=one.uid, reason=RemovalReason.TEST, by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW)
    [day] = changes.page(letter=letter).days
    assert (day.new, day.removed, day.total) == (300, {"test": 300}, 0)


def test_the_list_goes_on_before_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHANGE_DAYS", 2)
    letter = builders.letter()
    for days in range(5):
        sign(letter, 1, at=NOW + days * DAY)
        ledger.seal(letter_id=letter.pk, at=NOW + days * DAY)
    seen: list[date] = []
    before = None
    for _ in range(3):
        page = changes.page(letter=letter, before=before)
        seen += [day.start.date() for day in page.days]
        before = page.before
    assert seen == [date(2026, 3, day) for day in (18, 17, 16, 15, 14)]
    assert before is None
    assert changes.page(letter=letter, before=date(1, 1, 1)).days == []


def test_a_letter_does_not_tell_of_another() -> None:
    letter, other = builders.letter(), builders.letter("other")
    one = builders.counted(other)
    removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    ledger.seal(letter_id=other.pk, at=NOW)
    builders.counted(letter)
    [day] = changes.page(letter=letter).days
    assert (day.new, day.removed, day.start) == (1, {}, datetime(2026, 3, 14, tzinfo=UTC))
    assert recounts.compare(letter_id=other.pk, at=NOW) == {}
