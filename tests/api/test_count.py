"""The number of a letter."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.models import Letter, Tally
from letters.services import organizations
from tests import builders
from tests.api import numbers

pytestmark = pytest.mark.django_db
COUNT = "/api/v1/letters/night-trains/count"


def test_the_number_is_given_with_its_parts_in_order(client: Client) -> None:
    numbers.known()
    tally = Tally.objects.select_related("letter").get()
    response = client.get(COUNT)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    expected: dict[str, Any] = {
        "letter": "night-trains",
        "confirmed": 12_408,
        "persons": 12_361,
        "organizations": 47,
        "public": 9_871,
        "private": 2_537,
        "erased_counted": 12,
        "offline": 310,
        "by_method": {"email": 11_000, "institution": 1_000, "orcid": 300, "openid": 100, "checked": 8},
        "as_of": "2026-03-14T20:40:00Z",
        "ledger": {
            "size": 3,
            "root": base64.b64encode(bytes(tally.root)).decode(),
            "checkpoint": f"http://{tally.letter.origin}/checkpoint",
        },
        "counting_rule": "http://testserver/how-we-count/",
        "cite": "12,408 signatures as of 14 March 2026, 21:40 CET, Night Rail Alliance, "
        "http://testserver/letters/night-trains/at/3/",
    }
    assert response.json() == expected
    assert list(response.json()) == list(expected)
    assert list(response.json()["by_method"]) == list(expected["by_method"])


def test_the_counting_rule_and_the_cited_page_exist(client: Client) -> None:
    numbers.known()
    answer = client.get(COUNT).json()
    assert client.get(answer["counting_rule"]).status_code == 200
    assert client.get(answer["cite"].rsplit(", ", 1)[1]).status_code == 200


def test_the_methods_are_a_partition_of_the_number(client: Client) -> None:
    numbers.known()
    answer = client.get(COUNT).json()
    assert sum(answer["by_method"].values()) == answer["confirmed"]


def test_it_costs_one_statement_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    numbers.known()
    with django_assert_max_num_queries(1):
        response = client.get(COUNT)
    with django_assert_max_num_queries(1):
        assert client.get(COUNT, headers={"If-None-Match": response["ETag"]}).status_code == 304
    with django_assert_max_num_queries(1):
        assert client.get("/api/v1/letters/none/count").status_code == 404


def test_a_counted_signature_moves_the_number_and_its_tag(client: Client) -> None:
    letter = builders.letter()
    before = client.get(COUNT)
    builders.counted(letter)
    after = client.get(COUNT)
    assert (before.json()["confirmed"], after.json()["confirmed"]) == (0, 1)
    assert after.json()["cite"].startswith("1 signature as of ")
    assert before["ETag"] != after["ETag"]


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("UTC", "14 March 2026, 20:40 UTC"),
        ("America/New_York", "14 March 2026, 16:40 EDT"),
        ("America/Sao_Paulo", "14 March 2026, 17:40 UTC-03:00"),
        ("Asia/Kathmandu", "15 March 2026, 02:25 UTC+05:45"),
    ],
)
def test_the_citation_is_in_the_letters_own_time(client: Client, zone: str, written: str) -> None:
    numbers.known(time_zone=zone)
    assert f" as of {written}, Night Rail Alliance, " in client.get(COUNT).json()["cite"]


def test_another_name_of_the_organization_is_another_version(client: Client) -> None:
    letter = numbers.known()
    before = client.get(COUNT)["ETag"]
    letter.organization.name = "Night Rail Union"
    organizations.change(organization=letter.organization, by=None, at=timezone.now())
    response = client.get(COUNT, headers={"If-None-Match": before})
    assert response.status_code == 200
    assert "Night Rail Union" in response.json()["cite"]


def test_the_clock_alone_makes_another_version(client: Client) -> None:
    letter = numbers.known(closes_at=timezone.now() + timedelta(days=30))
    tags = {client.get(COUNT)["ETag"]}
    for left in (timedelta(hours=1), timedelta(seconds=-1)):
        Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now() + left)
        tags.add(client.get(COUNT)["ETag"])
    assert len(tags) == 3


def test_a_shared_cache_keeps_nothing_beyond_a_scheduled_change(client: Client) -> None:
    letter = numbers.known()
    Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now() + timedelta(seconds=5))
    kept = int(client.get(COUNT)["Cache-Control"].rsplit("=", 1)[1])
    assert 0 <= kept < 5


def test_the_numbers_of_two_letters_are_kept_apart(client: Client) -> None:
    numbers.known()
    numbers.counted("day-trains", 3)
    assert Tally.objects.count() == 2
    assert client.get("/api/v1/letters/day-trains/count").json()["confirmed"] == 3
    assert client.get(COUNT).json()["confirmed"] == 12_408
