"""Wall clocks, on ordinary days and on those on which they jump."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from letters import clocks


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("wall", "zone", "moment"),
    [
        ("2027-05-01T10:00", "Europe/Berlin", "2027-05-01T08:00"),
        ("2027-01-01T10:00", "Europe/Berlin", "2027-01-01T09:00"),
        ("2027-05-01T10:00", "Asia/Kolkata", "2027-05-01T04:30"),
        ("2027-05-01T10:00", "UTC", "2027-05-01T10:00"),
        ("2027-03-28T01:59", "Europe/Berlin", "2027-03-28T00:59"),
        ("2027-03-28T03:00", "Europe/Berlin", "2027-03-28T01:00"),
        ("2027-10-31T03:00", "Europe/Berlin", "2027-10-31T02:00"),
        ("2027-10-31T01:59", "Europe/Berlin", "2027-10-30T23:59"),
    ],
)
def test_a_time_on_a_wall_is_one_moment_and_back(wall: str, zone: str, moment: str) -> None:
    found = clocks.moment(wall=at(wall), zone=zone)
    assert found == at(moment).replace(tzinfo=UTC)
    assert clocks.wall(moment=found, zone=zone) == at(wall)


@pytest.mark.parametrize(
    ("wall", "zone", "fault", "before", "after"),
    [
        ("2027-03-28T02:00", "Europe/Berlin", clocks.Skipped, "2027-03-28T01:00", "2027-03-28T03:00"),
        ("2027-03-28T02:30", "Europe/Berlin", clocks.Skipped, "2027-03-28T01:30", "2027-03-28T03:30"),
        ("2027-10-31T02:30", "Europe/Berlin", clocks.Repeated, "2027-10-31T01:30", "2027-10-31T03:30"),
        ("2027-10-03T02:15", "Australia/Lord_Howe", clocks.Skipped, "2027-10-03T01:45", "2027-10-03T02:45"),
        ("2011-12-30T12:00", "Pacific/Apia", clocks.Skipped, "2011-12-29T12:00", "2011-12-31T12:00"),
    ],
)
def test_a_time_that_never_comes_or_comes_twice_is_not_guessed_at(
    wall: str, zone: str, fault: type[clocks.Unclear], before: str, after: str
) -> None:
    with pytest.raises(fault) as caught:
        clocks.moment(wall=at(wall), zone=zone)
    assert (caught.value.before, caught.value.after) == (at(before), at(after))
    for near in (caught.value.before, caught.value.after):
        clocks.moment(wall=near, zone=zone)
