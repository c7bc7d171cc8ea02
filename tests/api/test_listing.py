"""The list of letters: filters, orders, pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.enums import Phase
from letters.models import Letter
from letters.services import letters
from tests import builders
from tests.api import numbers

pytestmark = pytest.mark.django_db
LIST = "/api/v1/letters"
OPEN_STATES = {Phase.OPEN: "open", Phase.CLOSING: "open", Phase.PAUSED: "paused", Phase.CLOSED: "closed"}


def get(client: Client, **query: str | int) -> dict[str, Any]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def slugs(client: Client, **query: str | int) -> list[str]:
    return [letter["slug"] for letter in get(client, **query)["data"]]


def walk(client: Client, **query: str | int) -> list[str]:
    """Follow links.next to the end; the Link header must agree with it."""
    found: list[str] = []
    response = client.get(LIST, query)
    while True:
        page = response.json()
        found += [letter["slug"] for letter in page["data"]]
        following = page["links"]["next"]
        assert response.get("Link") == (f'<{following}>; rel="next"' if following else None)
        if following is None:
            return found
        response = client.get(following)
        assert response.json()["links"]["self"] == following


def test_no_letters(client: Client) -> None:
    assert get(client) == {
        "data": [],
        "links": {"self": "http://testserver/api/v1/letters", "next": None},
        "meta": {"total": 0, "as_of": None},
    }


def test_a_listed_letter_is_the_letter(client: Client) -> None:
    numbers.known()
    page = get(client)
    assert list(page) == ["data", "links", "meta"]
    assert page["data"] == [client.get(f"{LIST}/night-trains").json()["data"]]
    assert page["meta"] == {"total": 1, "as_of": "2026-03-14T20:40:00Z"}


def test_what_is_not_open_to_readers_is_not_listed(client: Client) -> None:
    builders.draft("draft")
    builders.letter("scheduled", opens_at=timezone.now() + timedelta(days=1))
    gone = builders.letter("withdrawn")
    letters.withdraw(letter=gone, reason="Not ours.", by=None, at=timezone.now())
    builders.letter("open")
    assert slugs(client) == ["open"]
    assert get(client)["meta"]["total"] == 1


@pytest.mark.parametrize("count", [1, 3, 120])
@pytest.mark.parametrize("sort", ["-published_at", "-signatures"])
def test_pages_leave_nothing_out_and_repeat_nothing(client: Client, count: int, sort: str) -> None:
    start = timezone.now() - timedelta(hours=1)
    for number in range(count):
        # Every third letter shares its time, and every fifth its number, with the one before.
        at = start + timedelta(microseconds=number - (number % 3 == 2))
        numbers.counted(f"letter-{number}", (number * 37 - (number % 5 == 4) * 37) % 100, at=at)
    expected = slugs(client, sort=sort, limit=200)
    assert len(set(expected)) == count
    for limit in (1, 2, 7, 50):
        if count // limit <= 60:
            assert walk(client, sort=sort, limit=limit) == expected


def test_the_orders(client: Client) -> None:
    now = timezone.now()
    for slug, count, age in (("old", 5, 3), ("middle", 9, 2), ("new", 5, 1)):
        numbers.counted(slug, count, at=now - timedelta(hours=age))
    assert slugs(client) == slugs(client, sort="-published_at") == ["new", "middle", "old"]
    assert slugs(client, sort="-signatures") == ["middle", "new", "old"]


def test_the_next_page_keeps_what_was_asked(client: Client) -> None:
    for number in range(3):
        numbers.counted(f"letter-{number}", number)
    query = {"state": "open", "organization": "night-rail", "sort": "-signatures", "limit": "2"}
    page = get(client, **query)
    assert page["links"]["self"] == (
        "http://testserver/api/v1/letters?state=open&organization=night-rail&sort=-signatures&limit=2"
    )
    assert page["links"]["next"].startswith(f"{page['links']['self']}&cursor=")
    assert page["meta"]["total"] == 3
    following = client.get(page["links"]["next"]).json()
    assert [letter["slug"] for letter in following["data"]] == ["letter-0"]
    assert following["meta"]["total"] == 3


def test_states_are_those_that_the_letters_give_themselves(client: Client) -> None:
    now = timezone.now()
    builders.letter("endless")
    builders.letter("long", closes_at=now + timedelta(days=9))
    builders.letter("soon", closes_at=now + timedelta(hours=9))
    builders.letter("over", closes_at=now - timedelta(hours=9))
    for slug, closes_at in (
        ("paused", None),
        ("paused-soon", now + timedelta(hours=1)),
        ("paused-over", now),
    ):
        letters.pause(letter=builders.letter(slug, closes_at=closes_at), by=None, at=now)
    letters.close(letter=builders.letter("closed"), by=None, at=now)
    letters.close(letter=builders.letter("closed-early", closes_at=now + timedelta(days=9)), by=None, at=now)
    phases = {letter.slug: letter.phase(at=timezone.now()) for letter in Letter.objects.all()}
    for state in ("open", "paused", "closed"):
        page = get(client, state=state)
        expected = {slug for slug, phase in phases.items() if OPEN_STATES[phase] == state}
        assert {letter["slug"] for letter in page["data"]} == expected
        assert {letter["state"] for letter in page["data"]} == {state}
        assert page["meta"]["total"] == len(expected)


def test_one_organization(client: Client) -> None:
    builders.letter("ours")
    builders.letter("theirs", organization=builders.organization("day-rail", name="Day Rail"))
    assert slugs(client, organization="day-rail") == ["theirs"]
    assert slugs(client, organization="day-rail", state="closed") == []


def test_a_page_costs_at_most_four_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        numbers.counted(f"letter-{number}", number)
    with django_assert_max_num_queries(4):
        page = get(client, organization="night-rail", state="open", limit=10)
    with django_assert_max_num_queries(4):
        client.get(page["links"]["next"])
