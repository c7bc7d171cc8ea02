"""What the API says again within a second is paid for and answered as the first time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.models import Letter
from letters.services import letters
from tests.api import numbers, readers

pytestmark = pytest.mark.django_db
HERE = "/api/v1/letters/night-trains"
COUNT = f"{HERE}/count"


@pytest.fixture(autouse=True)
def lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the site, and as long as a slow machine needs."""
    monkeypatch.setattr(limits, "ECHO_SECONDS", 10)


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody in a network of their own, to whom the site has answered before."""
    numbers.known()
    client.defaults["REMOTE_ADDR"] = readers.another()
    client.get(COUNT, REMOTE_ADDR=readers.another())
    return client


def test_the_same_answer_costs_no_statement(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = reader.get(COUNT)
    with django_assert_num_queries(0):
        again = reader.get(COUNT)
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))
    assert again["RateLimit-Policy"] == '"reading";q=120;w=60'
    assert reader.head(COUNT)["ETag"] == first["ETag"]


def test_each_query_has_an_answer_of_its_own(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    days, hours = (reader.get(f"{HERE}/timeseries?interval={name}").content for name in ("day", "hour"))
    assert days != hours
    with django_assert_num_queries(0):
        assert reader.get(f"{HERE}/timeseries?interval=hour").content == hours
        assert reader.get(f"{HERE}/timeseries?interval=day").content == days
    assert reader.get(f"{HERE}/timeseries?interval=week").status_code == 400


def test_it_is_paid_for(reader: Client) -> None:
    codes = [reader.get(COUNT).status_code for _ in range(limits.READING.per_minute + 1)]
    assert codes == [200] * limits.READING.per_minute + [429]
    refused = reader.get(COUNT)
    assert refused.json()["retry_after"] <= int(refused["Retry-After"]) <= 60
    assert reader.get(COUNT, REMOTE_ADDR=readers.another()).status_code == 200


@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
def test_a_304_is_free_and_says_what_it_said_before(reader: Client, name: str) -> None:
    first = reader.get(COUNT)
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[name]
    known = [reader.get(COUNT, headers={asked: first[name]}) for _ in range(limits.READING.per_minute)]
    assert {(one.status_code, one.content) for one in known} == {(304, b"")}
    for header in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin", "RateLimit-Policy"):
        assert known[0][header] == first[header]
    assert reader.get(COUNT).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Accept": "text/html"}, 406),
        ({"If-Match": '"other"'}, 412),
        ({"If-Unmodified-Since": "Sat, 14 Mar 2020 20:40:00 GMT"}, 412),
        ({"If-None-Match": '"other"'}, 200),
    ],
)
def test_what_the_first_would_have_refused_is_refused(
    reader: Client, headers: dict[str, Any], status: int
) -> None:
    response = reader.get(COUNT, headers=headers)
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/problem+json") == (status != 200)


def test_a_letter_that_is_about_to_close_is_not_said_again(client: Client) -> None:
    letter = numbers.known()
    Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now() + timedelta(seconds=0.5))
    assert client.get(HERE).json()["data"]["state"] == "open"
    Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now())
    assert client.get(HERE).json()["data"]["state"] == "closed"


def test_a_problem_is_not_said_again(client: Client) -> None:
    assert client.get(COUNT).status_code == 404
    letter = numbers.known()
    assert client.get(COUNT).status_code == 200
    letters.withdraw(letter=letter, reason="Not ours.", by=None, at=timezone.now())
    assert client.get(f"{HERE}/timeseries").status_code == 410
