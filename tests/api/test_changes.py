"""The record of a letter's list by day, and what its organizer told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from letters.enums import RemovalReason
from letters.models import Letter
from letters.services import ledger, removals, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/letters/night-trains/changes"
UPDATES = "/api/v1/letters/night-trains/updates"
DAY = timedelta(days=1)


def get(client: Client, path: str = CHANGES, **query: Any) -> dict[str, Any]:
    response = client.get(path, query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def days(client: Client, **query: Any) -> list[str]:
    return [one["date"] for one in get(client, **query)["data"]]


def sign_daily(letter: Letter, many: int) -> None:
    for number in range(many):
        builders.counted(letter, email=f"ben{number}@example.org", at=NOW + number * DAY)


def test_a_day_says_what_came_what_went_and_why(client: Client) -> None:
    letter = builders.letter()
    people = [builders.confirmed(letter, email=f"ben{number}@example.org") for number in range(6)]
    ledger.seal(letter_id=letter.pk, at=NOW)
    reasons = (RemovalReason.FLOOD, RemovalReason.FLOOD, RemovalReason.COURT)
    for one, reason in zip(people, reasons, strict=False):
        removals.remove(uid=one.uid, reason=reason, by=None, at=NOW + DAY)
    ledger.seal(letter_id=letter.pk, at=NOW + DAY)
    removals.restore(uid=people[0].uid, by=None, at=NOW + DAY)
    signatures.withdraw(uid=people[5].uid, at=NOW + DAY)
    ledger.seal(letter_id=letter.pk, at=NOW + DAY + timedelta(minutes=1))
    found = get(client)
    assert found["data"] == [
        {
            "date": "2026-03-15",
            "new": 0,
            "withdrawn": 1,
            "removed": 2,
            "total": 3,
            "final": True,
            "removals": [{"reason": "court", "number": 1}, {"reason": "flood", "number": 2}],
            "restored": 1,
            "lost": 0,
        },
        {
            "date": "2026-03-14",
            "new": 6,
            "withdrawn": 0,
            "removed": 0,
            "total": 6,
            "final": True,
            "removals": [],
            "restored": 0,
            "lost": 0,
        },
    ]
    assert found["links"] == {"self": f"http://testserver{CHANGES}", "next": None}
    assert found["meta"] == {"total": None, "as_of": "2026-03-15T12:01:00Z"}
    assert "Ben" not in client.get(CHANGES).content.decode()


def test_a_day_that_is_not_over_is_not_final(client: Client) -> None:
    now = timezone.now()
    letter = builders.letter(at=now - 2 * DAY)
    builders.counted(letter, at=now - DAY)
    builders.counted(letter, email="cleo@example.org", at=now)
    assert [(one["total"], one["final"]) for one in get(client)["data"]] == [(2, False), (1, True)]


def test_a_day_that_becomes_final_moves_the_time_of_the_change(client: Client) -> None:
    builders.counted(builders.letter())
    over = NOW.replace(hour=0) + DAY + timedelta(minutes=6)
    for at, final in ((NOW, False), (over, True)):
        with time_machine.travel(at, tick=False):
            response = client.get(CHANGES)
        assert [one["final"] for one in response.json()["data"]] == [final]
        with time_machine.travel(over + timedelta(minutes=1), tick=False):
            again = client.get(CHANGES, headers={"If-Modified-Since": response["Last-Modified"]})
        assert again.status_code == (304 if final else 200)


def test_days_are_leafed_through_and_cut_at_both_ends(client: Client) -> None:
    sign_daily(builders.letter(), 5)
    every = [f"2026-03-{day}" for day in (18, 17, 16, 15, 14)]
    assert days(client) == every
    assert days(client, **{"from": "2026-03-15", "to": "2026-03-17"}) == every[1:4]
    assert days(client, to="9999-12-31") == every
    assert days(client, **{"from": "0001-01-01", "to": "2026-03-13"}) == []
    page = get(client, limit=2, **{"from": "2026-03-15"})
    seen = [[one["date"] for one in page["data"]]]
    while page["links"]["next"]:
        response = client.get(page["links"]["next"])
        page = response.json()
        seen.append([one["date"] for one in page["data"]])
    assert seen == [every[:2], every[2:4]]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"from": "14.3.2026"}, "from"),
        ({"from": "2026-03-15", "to": "2026-03-14"}, "from"),
        ({"to": "2026-02-30"}, "to"),
        ({"before": "2026-03-14"}, "before"),
        ({"cursor": "x"}, "cursor"),
        ({"limit": "0"}, "limit"),
    ],
)
def test_a_parameter_that_is_none(client: Client, query: dict[str, str], name: str) -> None:
    builders.letter()
    response = client.get(CHANGES, query)
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [name]


def test_a_cursor_of_another_letter_or_list_is_a_problem(client: Client) -> None:
    sign_daily(builders.letter(), 3)
    builders.letter("other")
    cursor = get(client, limit=1)["links"]["next"].partition("cursor=")[2]
    for path in (CHANGES.replace("night-trains", "other"), UPDATES):
        assert client.get(path, {"cursor": cursor}).status_code == 400


def test_updates_are_given_newest_first_and_leafed_through(client: Client) -> None:
    letter = builders.letter()
    for number in range(3):
        builders.update(letter, title=f"News {number}", at=NOW + number * DAY)
    page = get(client, UPDATES, limit=2)
    assert [one["title"] for one in page["data"]] == ["News 2", "News 1"]
    assert page["meta"] == {"total": 3, "as_of": "2026-03-16T12:00:00Z"}
    following = client.get(page["links"]["next"]).json()
    assert [one["number"] for one in following["data"]] == [1]
    assert following["links"]["next"] is None
    one = page["data"][0]
    assert list(one) == ["number", "published_at", "language", "title", "body_markdown"]
    assert (one["number"], one["published_at"], one["language"]) == (3, "2026-03-16T12:00:00Z", "en")


def test_a_letter_without_news_has_an_empty_list_and_news_make_another_version(client: Client) -> None:
    letter = builders.letter()
    first = client.get(UPDATES)
    assert (first.json()["data"], first.json()["meta"]) == ([], {"total": 0, "as_of": None})
    builders.update(letter)
    assert client.get(UPDATES, headers={"If-None-Match": first["ETag"]}).status_code == 200
