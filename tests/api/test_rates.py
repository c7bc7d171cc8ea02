"""What a network may ask in a minute: free, paid for, refused, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from advocacy import breaker
from letters import limits
from letters.limits import READING
from tests import builders
from tests.api import numbers, readers
from tests.api.readers import exhaust

pytestmark = pytest.mark.django_db
LIST = "/api/v1/letters"
LETTER = f"{LIST}/night-trains"
COUNT = f"{LETTER}/count"
BUNDLE = "/letters/night-trains/ledger/bundle.tar"
POLICY = '"reading";q=120;w=60'


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody in a network of their own."""
    client.defaults["REMOTE_ADDR"] = readers.another()
    return client


def refused(client: Client, path: str, **headers: Any) -> dict[str, Any]:
    response = client.get(path, headers=headers)
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(response.content)
    assert found["type"] == "http://testserver/problems/rate-limited/"
    return found


def test_the_answer_to_a_network_that_had_its_budget(reader: Client) -> None:
    numbers.known()
    exhaust(reader)
    response = reader.get(COUNT)
    found = refused(reader, COUNT)
    assert list(found) == ["type", "title", "status", "detail", "retry_after"]
    wait = int(response["Retry-After"])
    assert 1 <= found["retry_after"] <= wait <= 60
    assert response["RateLimit"] == f'"reading";r=0;t={wait}'
    assert response["RateLimit-Policy"] == POLICY
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


def test_whoever_is_refused_costs_no_statement(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    numbers.known()
    exhaust(reader)
    with django_assert_num_queries(0):
        refused(reader, COUNT)
        refused(reader, f"{LIST}?typo=1")


@pytest.mark.parametrize("path", ["/api/v1/", LIST, LETTER, COUNT, "/api/v1/nothing", f"{COUNT}?typo=1"])
def test_the_policy_is_always_told_and_what_is_left_never(reader: Client, path: str) -> None:
    numbers.known()
    for response in (reader.get(path), reader.head(path), reader.options(path), reader.post(path)):
        assert response["RateLimit-Policy"] == POLICY
        assert "RateLimit" not in response
        assert "Retry-After" not in response


@pytest.mark.parametrize("path", ["/api/v1/", LIST, LETTER, COUNT])
def test_a_304_is_free_and_given_to_whoever_had_the_budget(reader: Client, path: str) -> None:
    numbers.known()
    tag = reader.get(path)["ETag"]
    for _ in range(3):
        assert reader.get(path, headers={"If-None-Match": tag}).status_code == 304
    exhaust(reader, but=1)
    refused(reader, path)
    assert reader.get(path, headers={"If-None-Match": tag}).status_code == 304
    refused(reader, path, **{"If-None-Match": '"other"'})


def test_a_304_by_its_time_is_free(reader: Client) -> None:
    numbers.known()
    exhaust(reader)
    since = {"If-Modified-Since": "Sat, 14 Mar 2026 20:40:00 GMT"}
    assert reader.get(COUNT, headers=since).status_code == 304


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (COUNT, {}),
        (COUNT, {"If-None-Match": '"other"'}),
        ("/api/v1/nothing", {}),
        ("/api/v1/nothing", {"If-None-Match": "*"}),
        (f"{COUNT}?typo=1", {"If-None-Match": "*"}),
        (COUNT, {"Accept": "text/html"}),
        (COUNT, {"If-Match": '"other"'}),
    ],
)
def test_an_answer_and_a_problem_cost_one(reader: Client, path: str, headers: dict[str, str]) -> None:
    numbers.known()
    exhaust(reader, but=1)
    assert reader.get(path, headers=headers).status_code != 429
    refused(reader, path, **headers)


def test_head_costs_as_get_and_the_question_of_a_browser_nothing(reader: Client) -> None:
    numbers.known()
    exhaust(reader, but=1)
    assert reader.options(COUNT).status_code == 204
    assert reader.head(COUNT).status_code == 200
    assert reader.head(COUNT).status_code == 429
    assert reader.options(COUNT).status_code == 204


def test_networks_do_not_pay_for_each_other(reader: Client) -> None:
    numbers.known()
    exhaust(reader)
    refused(reader, COUNT)
    assert reader.get(COUNT, REMOTE_ADDR=readers.another()).status_code == 200
    neighbour = reader.defaults["REMOTE_ADDR"].removesuffix("1") + "254"
    assert reader.get(COUNT, REMOTE_ADDR=neighbour).status_code == 429


def test_a_file_is_paid_for_out_of_its_own_budget(reader: Client) -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.published(letter)
    for _ in range(limits.FILES.per_minute):
        response = reader.get(BUNDLE)
        assert response.status_code == 200
        assert response["RateLimit-Policy"] == '"files";q=10;w=60'
        b"".join(response.streaming_content)  # type: ignore[arg-type]
    assert refused(reader, BUNDLE)["retry_after"] > 0
    assert reader.get(BUNDLE, headers={"If-None-Match": response["ETag"]}).status_code == 304
    refused(reader, BUNDLE, **{"If-None-Match": '"other"'})
    assert reader.get(COUNT).status_code == 200


@pytest.fixture
def _redis_is_away() -> Iterator[None]:
    breaker.REDIS.trip(ConnectionError("away"))
    yield
    breaker.REDIS.resting_until = 0.0


@pytest.mark.usefixtures("_redis_is_away")
def test_without_redis_the_answers_go_on(reader: Client) -> None:
    numbers.known()
    for _ in range(READING.per_minute + 5):
        assert reader.get(COUNT).status_code == 200


def test_an_emptied_redis_begins_anew(reader: Client) -> None:
    exhaust(reader)
    refused(reader, "/api/v1/")
    cache.clear()
    assert reader.get("/api/v1/").status_code == 200


def test_an_invented_chain_of_proxies_changes_nothing(reader: Client, settings: Settings) -> None:
    for proxies in (0, 1, 2):
        settings.TRUSTED_PROXIES = proxies
        address = reader.defaults["REMOTE_ADDR"] = readers.another()
        # The reader is whom the outermost proxy heard; the others heard the one before them.
        ours = [address, *(readers.another() for _ in range(proxies - 1))][:proxies]
        exhaust(reader)
        for claim in ("203.0.113.1", "127.0.0.1, 198.51.100.7", "2001:db8::1", "nobody", ""):
            refused(reader, "/api/v1/", **{"X-Forwarded-For": ", ".join([claim, *ours])})
