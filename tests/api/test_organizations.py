"""Who publishes letters, and whether the numbers are up to date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from letters.models import Organization, Tally
from letters.services import letters, organizations
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HERE = "/api/v1/organizations/night-rail"
STATUS = "/api/v1/status"


def found(client: Client) -> dict[str, Any]:
    response = client.get(HERE)
    assert response.status_code == 200
    one: dict[str, Any] = response.json()["data"]
    return one


def test_an_organization(client: Client) -> None:
    home = builders.marked(builders.organization(web_domain="nightrail.example"))
    builders.letter(organization=home)
    assert found(client) == {
        "name": "Night Rail Alliance",
        "slug": "night-rail",
        "url": "http://testserver/organizations/night-rail/",
        "legal_name": "Night Rail Alliance e. V.",
        "contact": "press@nightrail.example",
        "website": "https://nightrail.example/",
        "mark": f"http://testserver/organizations/night-rail/mark-{home.mark_digest}.png",
        "letters": 1,
        "links": {
            "self": f"http://testserver{HERE}",
            "letters": "http://testserver/api/v1/letters?organization=night-rail",
        },
    }
    for link in (found(client)["url"], found(client)["mark"], *found(client)["links"].values()):
        assert client.get(link).status_code == 200


def test_what_it_has_not_is_null_and_what_has_not_opened_is_not_told(client: Client) -> None:
    home = builders.organization()
    builders.draft("draft", organization=home)
    builders.letter("later", organization=home, opens_at=NOW + timedelta(days=900))
    one = found(client)
    assert (one["website"], one["mark"], one["letters"], one["links"]["letters"]) == (None, None, 0, None)


def test_one_that_is_not_approved_is_not_found(client: Client) -> None:
    builders.organization()
    Organization.objects.update(approved_at=None)
    for path in (HERE, "/api/v1/organizations/nobody"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.json()["type"].endswith("/problems/not-found/")


def test_it_has_another_tag_when_something_changes(client: Client) -> None:
    home = builders.organization()
    first = client.get(HERE)
    assert client.get(HERE, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.head(HERE)["ETag"] == first["ETag"]
    home.name = "Night Rail Union"
    organizations.change(organization=home, by=None, at=NOW)
    second = client.get(HERE, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    letter = builders.letter(organization=home)
    third = client.get(HERE)
    assert third["ETag"] != second["ETag"]
    letters.withdraw(letter=letter, reason="Not ours.", by=None, at=NOW)
    assert client.get(HERE)["ETag"] == second["ETag"]


def test_a_letter_links_to_its_organization(client: Client) -> None:
    builders.letter()
    one = client.get("/api/v1/letters/night-trains").json()["data"]["organization"]
    assert client.get(one["url"]).status_code == 200


def test_the_numbers_are_up_to_date(client: Client) -> None:
    assert client.get(STATUS).json()["as_of"] is None
    letter = builders.letter()
    builders.counted(letter)
    builders.published(letter)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        response = client.get(STATUS)
        assert response.json() == {
            "status": "ok",
            "as_of": "2026-03-14T12:00:00Z",
            "counted_within_seconds": 120,
            "late_letters": 0,
            "late_since": None,
        }
        assert response["Cache-Control"].endswith("s-maxage=10")
        assert client.get(STATUS, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert Tally.objects.get().as_of == NOW


def test_a_signature_that_waits_too_long_is_told(client: Client) -> None:
    letter = builders.letter()
    builders.published(letter)
    builders.confirmed(letter)
    with time_machine.travel(NOW + timedelta(seconds=119), tick=False):
        assert client.get(STATUS).json()["status"] == "ok"
    with time_machine.travel(NOW + timedelta(seconds=121), tick=False):
        late = client.get(STATUS).json()
    assert (late["status"], late["late_letters"], late["late_since"]) == ("late", 1, "2026-03-14T12:00:00Z")


@pytest.mark.parametrize("path", [HERE, STATUS])
def test_no_parameter_is_taken(client: Client, path: str) -> None:
    builders.organization()
    assert client.get(f"{path}?limit=1").status_code == 400
