"""One letter, and the index."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.models import LetterText
from letters.services import letters
from tests import builders
from tests.api import numbers

pytestmark = pytest.mark.django_db
LETTER = "/api/v1/letters/night-trains"


def data(client: Client, path: str = LETTER) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200
    found: dict[str, Any] = response.json()["data"]
    return found


def test_a_letter_has_every_field_in_order_and_null_for_what_it_does_not_have(client: Client) -> None:
    letter = numbers.known()
    here = "http://testserver/api/v1/letters/night-trains"
    expected: dict[str, Any] = {
        "id": f"lt_{letter.public_id}",
        "slug": "night-trains",
        "url": "http://testserver/letters/night-trains/",
        "title": "Keep the night trains running",
        "language": "en",
        "organization": {
            "name": "Night Rail Alliance",
            "slug": "night-rail",
            "url": "http://testserver/organizations/night-rail/",
        },
        "addressees": ["The transport ministers of the European Union"],
        "withheld": None,
        "state": "open",
        "published_at": "2026-02-13T08:00:00Z",
        "closes_at": None,
        "closed_at": None,
        "answered_at": None,
        "languages": ["en"],
        "text_version": 1,
        "text_sha256": builders.text_of(letter).h,
        "signatures": {
            "confirmed": 12_408,
            "persons": 12_361,
            "organizations": 47,
            "public": 9_871,
            "private": 2_537,
            "offline": 310,
            "as_of": "2026-03-14T20:40:00Z",
        },
        "target": None,
        "updated_at": "2026-03-14T20:40:00Z",
        "links": {
            "self": here,
            "count": f"{here}/count",
            "timeseries": f"{here}/timeseries",
            "countries": f"{here}/countries",
            "affiliations": f"{here}/affiliations",
            "signatures": None,
            "csv": "http://testserver/letters/night-trains/data/daily.csv",
            "card": None,
            "ledger": "http://testserver/letters/night-trains/ledger/",
            "text": f"{here}/text",
            "versions": f"{here}/versions",
            "changes": f"{here}/changes",
            "updates": f"{here}/updates",
            "snapshots": f"{here}/snapshots",
        },
        "cite": "12,408 signatures as of 14 March 2026, 21:40 CET, Night Rail Alliance, "
        "http://testserver/letters/night-trains/at/3/",
    }
    found = data(client)
    assert found == expected
    assert list(found) == list(expected)
    for part in ("organization", "signatures", "links"):
        assert list(found[part]) == list(expected[part])


def test_every_link_that_is_given_works(client: Client) -> None:
    numbers.known()
    found = data(client)
    given = [link for link in (found["url"], *found["links"].values()) if link]
    assert [client.get(link).status_code for link in given] == [200] * len(given)


def test_a_target_is_a_number(client: Client) -> None:
    numbers.known(target=20_000, target_reason="Needed by 30 April to be heard.")
    assert data(client)["target"] == 20_000


def test_the_languages_are_those_of_this_version_the_binding_one_first(client: Client) -> None:
    letter = numbers.known()
    for language in ("fr", "de"):
        text = LetterText(
            letter=letter, language=language, authoritative=False, title="T", addressees="A", body="B"
        )
        text.published_at = timezone.now()
        text.save()
    LetterText.objects.create(
        letter=letter, language="pl", authoritative=False, title="T", addressees="A", body="B"
    )
    assert data(client)["languages"] == ["en", "de", "fr"]
    assert data(client)["title"] == "Keep the night trains running"


def test_a_letter_that_closes_soon_is_open_and_then_closed(client: Client) -> None:
    builders.letter("soon", closes_at=timezone.now() + timedelta(hours=1))
    ended = timezone.now() - timedelta(hours=1)
    builders.letter("ended", closes_at=ended)
    soon, closed = data(client, "/api/v1/letters/soon"), data(client, "/api/v1/letters/ended")
    assert (soon["state"], soon["closed_at"]) == ("open", None)
    assert (closed["state"], closed["closed_at"]) == ("closed", closed["closes_at"])
    assert closed["closed_at"] == closed["updated_at"] == f"{ended:%Y-%m-%dT%H:%M:%SZ}"


def test_paused_resumed_closed(client: Client) -> None:
    letter = builders.letter()
    tags = [client.get(LETTER)["ETag"]]
    for change, state in (("pause", "paused"), ("resume", "open"), ("close", "closed")):
        getattr(letters, change)(letter=letter, by=None, at=timezone.now())
        assert data(client)["state"] == state
        tags.append(client.get(LETTER)["ETag"])
    assert data(client)["closed_at"] is not None
    assert len(set(tags)) == 4


def test_a_scheduled_letter_can_be_asked_for_by_name(client: Client) -> None:
    builders.letter(opens_at=timezone.now() + timedelta(days=1))
    assert data(client)["state"] == "scheduled"


def test_it_costs_two_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    numbers.known()
    with django_assert_max_num_queries(2):
        client.get(LETTER)


def test_the_index_links_to_what_there_is(client: Client) -> None:
    response = client.get("/api/v1/")
    assert response.json() == {
        "name": "Undersigned",
        "version": "v1",
        "links": {
            "self": "http://testserver/api/v1/",
            "letters": "http://testserver/api/v1/letters",
            "letter": "http://testserver/api/v1/letters/{slug}",
            "count": "http://testserver/api/v1/letters/{slug}/count",
            "organization": "http://testserver/api/v1/organizations/{slug}",
            "status": "http://testserver/api/v1/status",
            "counting_rule": "http://testserver/how-we-count/",
            "openapi": "http://testserver/api/v1/openapi.json",
            "guide": "http://testserver/developers/",
        },
    }
    assert "s-maxage=60" in response["Cache-Control"]
    assert client.get("/api/v1/", headers={"If-None-Match": response["ETag"]}).status_code == 304
