"""How the number moved: quiet days are in it, and it ends where the number stands."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters.enums import Interval, RemovalReason
from letters.models import Letter, Tally, TallyPoint
from letters.services import ledger, removals, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
PATH = "/api/v1/letters/night-trains/timeseries"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def series(client: Client, **query: str) -> dict[str, Any]:
    response = client.get(PATH, query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def figures(client: Client, **query: str) -> list[list[Any]]:
    return [list(point.values()) for point in series(client, **query)["points"]]


def refused(client: Client, **query: str) -> dict[str, Any]:
    response = client.get(PATH, query)
    assert response.status_code == 400
    [error] = response.json()["errors"]
    found: dict[str, Any] = error
    return found


def three_days() -> Letter:
    """Two on the first day, a quiet one, and one of each kind on the third."""
    letter = builders.letter()
    ben = builders.confirmed(letter)
    cleo = builders.confirmed(letter, email="cleo@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)
    signatures.withdraw(uid=ben.uid, at=NOW + 2 * DAY)
    removals.remove(uid=cleo.uid, reason=RemovalReason.FLOOD, by=None, at=NOW + 2 * DAY)
    builders.confirmed(letter, at=NOW + 2 * DAY, email="dov@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW + 2 * DAY)
    removals.restore(uid=cleo.uid, by=None, at=NOW + 2 * DAY + 2 * HOUR)
    ledger.seal(letter_id=letter.pk, at=NOW + 2 * DAY + 2 * HOUR)
    return letter


def test_days_with_the_quiet_ones(client: Client) -> None:
    three_days()
    with time_machine.travel(NOW + 2 * DAY + 3 * HOUR, tick=False):
        assert series(client) == {
            "interval": "day",
            "as_of": "2026-03-16T14:00:00Z",
            "points": [
                {
                    "start": "2026-03-14T00:00:00Z",
                    "new": 2,
                    "withdrawn": 0,
                    "removed": 0,
                    "total": 2,
                    "final": True,
                },
                {
                    "start": "2026-03-15T00:00:00Z",
                    "new": 0,
                    "withdrawn": 0,
                    "removed": 0,
                    "total": 2,
                    "final": True,
                },
                {
                    "start": "2026-03-16T00:00:00Z",
                    "new": 1,
                    "withdrawn": 1,
                    "removed": 0,
                    "total": 2,
                    "final": False,
                },
            ],
        }
        assert figures(client, interval="day") == figures(client)


def test_hours_of_one_day(client: Client) -> None:
    three_days()
    with time_machine.travel(NOW + 2 * DAY + 3 * HOUR, tick=False):
        hours = figures(client, interval="hour", **{"from": "2026-03-16"})
    assert [row[0] for row in hours] == [f"2026-03-16T{hour:02}:00:00Z" for hour in range(24)]
    assert hours[11][1:] == [0, 0, 0, 2, True]
    assert hours[12][1:] == [1, 1, 1, 1, True]
    assert hours[13][1:] == [0, 0, 0, 1, True]
    assert hours[14][1:] == [0, 0, -1, 2, False]
    assert hours[23][1:] == [0, 0, 0, 2, False]


def test_the_points_add_up_to_the_number_and_to_the_file(client: Client) -> None:
    three_days()
    for interval in Interval.values:
        points = series(client, interval=interval)["points"]
        total = sum(point["new"] - point["withdrawn"] - point["removed"] for point in points)
        counted = client.get("/api/v1/letters/night-trains/count").json()
        assert total == points[-1]["total"] == counted["confirmed"] == 2
    assert series(client)["as_of"] == counted["as_of"]
    file = client.get("/letters/night-trains/data/daily.csv").getvalue().decode()
    rows = list(csv.reader(io.StringIO(file)))[1:]
    assert [[f"{day}T00:00:00Z", *numbers] for day, *numbers in rows] == [
        [str(value).lower() if isinstance(value, bool) else str(value) for value in point]
        for point in figures(client)
    ]


def test_a_part_of_it_begins_with_the_number_of_the_day_before(client: Client) -> None:
    three_days()
    assert [row[4] for row in figures(client, **{"from": "2026-03-15", "to": "2026-03-15"})] == [2]
    assert len(figures(client, to="2026-03-15")) == 2
    assert len(figures(client, **{"from": "2026-03-16"})) == 1


def test_what_is_asked_before_the_letter_or_after_its_number_is_left_out(client: Client) -> None:
    three_days()
    everything = figures(client)
    assert figures(client, **{"from": "0001-01-01", "to": "9999-12-31"})[:-1] == everything[:-1]
    assert figures(client, **{"from": "2020-01-01", "to": "2020-02-01"}) == []
    assert figures(client, **{"from": "2030-01-01"}) == []
    assert len(figures(client, interval="hour", **{"from": "0001-01-01", "to": "9999-12-31"})) == 72


def test_a_letter_that_nobody_signed_has_its_day(client: Client) -> None:
    builders.letter()
    assert [row[1:5] for row in figures(client)] == [[0, 0, 0, 0]]


def test_a_scheduled_letter_has_no_day_yet(client: Client) -> None:
    builders.letter(opens_at=NOW + 9 * DAY)
    with time_machine.travel(NOW, tick=False):
        assert figures(client) == []


def test_a_day_is_final_when_nothing_dated_before_its_end_can_come(client: Client) -> None:
    builders.counted(builders.letter())
    midnight = NOW.replace(hour=0) + DAY
    seen = {}
    for seconds in (-1, 299, 301):
        with time_machine.travel(midnight + timedelta(seconds=seconds), tick=False):
            response = client.get(PATH)
            seen[seconds] = (response.json()["points"][-1]["final"], response["ETag"])
            since = {"If-Modified-Since": response["Last-Modified"]}
        with time_machine.travel(midnight + timedelta(seconds=400), tick=False):
            again = client.get(PATH, headers=since)
            assert again.status_code == (304 if seconds == 301 else 200)
    assert [final for final, _etag in seen.values()] == [False, False, True]
    assert seen[-1][1] == seen[299][1] != seen[301][1]


def test_a_range_that_is_over_is_the_same_for_good(client: Client) -> None:
    letter = builders.letter()
    builders.counted(letter)
    over = {"from": "2026-03-14", "to": "2026-03-14"}
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        first = client.get(PATH, over)
        assert first["Cache-Control"].endswith("s-maxage=86400")
        assert first.json()["as_of"] == "2026-03-15T00:00:00Z"
        assert client.get(PATH, {"to": "2026-03-16"})["Cache-Control"].endswith("s-maxage=300")
        assert client.get(PATH)["Cache-Control"].endswith("s-maxage=300")
    builders.counted(letter, at=NOW + 3 * DAY, email="cleo@example.org")
    with time_machine.travel(NOW + 4 * DAY, tick=False):
        again = client.get(PATH, over)
    assert (again["ETag"], again.content) == (first["ETag"], first.content)
    assert client.get(PATH, over, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_new_signature_is_another_version(client: Client) -> None:
    letter = builders.letter()
    builders.counted(letter)
    before = client.get(PATH)["ETag"]
    builders.counted(letter, at=NOW + HOUR, email="cleo@example.org")
    assert client.get(PATH, headers={"If-None-Match": before}).status_code == 200


def long_letter(days: int) -> None:
    """A letter that began so many days before NOW, and was signed on the first day."""
    start = NOW.replace(hour=0) - days * DAY
    letter = builders.letter(at=start)
    for interval in Interval:
        TallyPoint.objects.create(letter=letter, interval=interval, start=start, new=7, total=7)
    Tally.objects.filter(letter=letter).update(as_of=NOW)


def test_a_year_of_hours_is_the_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    long_letter(500)
    assert len(figures(client)) == 501
    assert len(figures(client, interval="hour")) == 31 * 24
    assert refused(client, interval="hour", **{"from": "2025-03-13"}) == {
        "parameter": "from",
        "detail": "Hours are given for 366 days at once: begin with 2025-03-14, or ask for days.",
        "allowed": None,
    }
    with django_assert_max_num_queries(4):
        year = figures(client, interval="hour", **{"from": "2025-03-14"})
    assert len(year) == 366 * 24
    assert {row[4] for row in year} == {7}
    assert len(figures(client, interval="hour", **{"from": "0001-01-01", "to": "2024-12-31"})) == 63 * 24


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"interval": "week"}, "interval"),
        ({"interval": ""}, "interval"),
        ({"from": "2026-02-30"}, "from"),
        ({"to": "2026-03-14T00:00:00Z"}, "to"),
        ({"from": "2026-03-15", "to": "2026-03-14"}, "to"),
        ({"since": "2026-03-15"}, "since"),
    ],
)
def test_what_cannot_be_used_is_named(client: Client, query: dict[str, str], name: str) -> None:
    builders.letter()
    assert refused(client, **query)["parameter"] == name


def test_a_days_end_is_utc_wherever_the_server_stands(client: Client) -> None:
    letter = builders.letter()
    builders.counted(letter, at=datetime(2026, 3, 14, 23, 59, 59, tzinfo=UTC))
    builders.counted(letter, at=datetime(2026, 3, 15, 0, 0, 1, tzinfo=UTC), email="cleo@example.org")
    assert [row[1] for row in figures(client)] == [1, 1]
