"""Countries and affiliations as readers get them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters.models import Breakdown, Letter
from letters.services import breakdowns, ledger, letters
from tests import builders
from tests.api import numbers
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HERE = "/api/v1/letters/night-trains"
KINDS = ("countries", "affiliations")


def known(**fields: Any) -> Letter:
    """A letter with the numbers of `numbers.known`, and how they break down."""
    letter = numbers.known(**fields)
    Breakdown.objects.filter(letter=letter).update(
        as_of=numbers.AS_OF,
        made_at=numbers.AS_OF + timedelta(seconds=5),
        countries=[["FR", 6_000], ["DE", 4_000], ["CI", 10]],
        countries_other=98,
        countries_not_stated=2_300,
        affiliations=[["Université d'Élan", 40], ["李大学", 3]],
        affiliations_other=5_000,
        affiliations_not_stated=4_828,
        letter_revision=1,
        tally_revision=7,
        names_revision=0,
    )
    return letter


def test_countries(client: Client) -> None:
    known()
    found = client.get(f"{HERE}/countries").json()
    assert found == {
        "as_of": "2026-03-14T20:40:00Z",
        "stated": 10_108,
        "not_stated": 2_300,
        "countries": [
            {"code": "FR", "name": "France", "confirmed": 6_000},
            {"code": "DE", "name": "Germany", "confirmed": 4_000},
            {"code": "CI", "name": "Côte d'Ivoire", "confirmed": 10},
        ],
        "other": 98,
        "as_stated": True,
    }
    count = client.get(f"{HERE}/count").json()
    assert found["stated"] + found["not_stated"] == count["confirmed"]
    assert found["as_of"] == count["as_of"]


def test_affiliations(client: Client) -> None:
    known()
    found = client.get(f"{HERE}/affiliations").json()
    assert found == {
        "as_of": "2026-03-14T20:40:00Z",
        "stated": 5_043,
        "not_stated": 4_828,
        "affiliations": [
            {"name": "Université d'Élan", "confirmed": 40},
            {"name": "李大学", "confirmed": 3},
        ],
        "other": 5_000,
        "as_stated": True,
    }
    assert found["stated"] + found["not_stated"] == client.get(f"{HERE}/count").json()["public"]


def test_the_file_of_countries_adds_up_to_the_number(client: Client) -> None:
    known()
    response = client.get("/letters/night-trains/data/countries.csv")
    assert 'filename="night-trains-countries-2026-03-14T2040Z.csv"' in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.getvalue().decode(), newline="")))
    assert rows == [
        ["code", "name", "confirmed"],
        ["FR", "France", "6000"],
        ["DE", "Germany", "4000"],
        ["CI", "Côte d'Ivoire", "10"],
        ["", "Other countries", "98"],
        ["", "Not stated", "2300"],
    ]
    assert sum(int(row[2]) for row in rows[1:]) == 12_408


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_who_has_it_gets_304(client: Client, kind: str) -> None:
    known()
    first = client.get(f"{HERE}/{kind}")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=300"
    assert first["Last-Modified"] == "Sat, 14 Mar 2026 20:40:05 GMT"
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get(f"{HERE}/{kind}", headers=headers).status_code == 304
    assert client.head(f"{HERE}/{kind}")["ETag"] == first["ETag"]


def test_the_two_have_tags_of_their_own_that_change_with_what_they_say(client: Client) -> None:
    letter = builders.letter()
    for country, affiliation in (("FR", "Mozilla"), ("DE", "KDE")):
        builders.confirmed(letter, email=f"{country}@example.org", country=country, affiliation=affiliation)
        ledger.seal(letter_id=letter.pk, at=NOW)
    breakdowns.refresh(letter_id=letter.pk, at=NOW)
    tags = {kind: client.get(f"{HERE}/{kind}")["ETag"] for kind in KINDS}
    assert len(set(tags.values())) == 2
    breakdowns.refresh(letter_id=letter.pk, at=NOW + timedelta(hours=1))
    assert {kind: client.get(f"{HERE}/{kind}")["ETag"] for kind in KINDS} == tags
    builders.confirmed(letter, email="new@example.org", country="PT", affiliation="Gnome")
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(hours=2))
    breakdowns.refresh(letter_id=letter.pk, at=NOW + timedelta(hours=2))
    assert not {client.get(f"{HERE}/{kind}")["ETag"] for kind in KINDS} & set(tags.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_that_nobody_signed_has_nothing_to_break_down(client: Client, kind: str) -> None:
    builders.letter()
    found = client.get(f"{HERE}/{kind}").json()
    assert (found["stated"], found["not_stated"], found[kind], found["other"]) == (0, 0, [], 0)


@pytest.mark.parametrize("kind", KINDS)
def test_before_it_is_counted_for_the_first_time_there_is_no_number(client: Client, kind: str) -> None:
    numbers.known()
    Breakdown.objects.all().delete()  # a letter that was published before there were any
    response = client.get(f"{HERE}/{kind}")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response.json()["type"].endswith("/problems/unavailable/")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_absent_or_unknown(client: Client, kind: str) -> None:
    assert client.get(f"{HERE}/{kind}").status_code == 404
    letter = known()
    assert client.get(f"{HERE}/{kind}?limit=5").status_code == 400
    letters.withdraw(letter=letter, reason="Not ours.", by=None, at=NOW)
    assert client.get(f"{HERE}/{kind}").status_code == 410


@pytest.mark.parametrize("kind", KINDS)
def test_no_signature_is_read_to_answer(
    client: Client, kind: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    known()
    with django_assert_num_queries(2):
        client.get(f"{HERE}/{kind}")
