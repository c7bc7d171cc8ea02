"""Which letters of the list, in which language, and where such a list goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.models import Letter, Tally
from letters.services import letters
from tests import builders
from tests.api import numbers

pytestmark = pytest.mark.django_db
LIST = "/api/v1/letters"


def listed(client: Client, **query: str | int) -> list[dict[str, Any]]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()["data"]
    return found


def slugs(client: Client, **query: str | int) -> set[str]:
    return {letter["slug"] for letter in listed(client, **query)}


def test_words_stand_in_a_title_or_in_the_name_of_the_organization(client: Client) -> None:
    builders.letter("night", title="Keep the night trains running")
    builders.letter(
        "elan", title="Un élan pour le rail", organization=builders.organization("day", name="Été")
    )
    assert slugs(client, q="NIGHT trains") == {"night"}
    assert slugs(client, q="elan") == slugs(client, q="ete") == {"elan"}
    assert slugs(client, q="ete rail") == {"elan"}
    assert slugs(client, q="ete trains") == set()
    assert slugs(client, q="rail alliance") == {"night"}
    assert slugs(client, q="%") == set()


def test_words_of_a_translation_are_found_too(client: Client) -> None:
    letter = builders.draft("night")
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=builders.NOW)
    assert slugs(client, q="gardez") == {"night"}


def test_a_letter_in_the_language_that_was_asked_for(client: Client) -> None:
    letter = builders.draft("night")
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=builders.NOW)
    builders.letter("day", title="Keep the day trains")
    page = {one["slug"]: (one["title"], one["language"]) for one in listed(client, lang="fr")}
    assert page == {"night": ("Gardez les trains de nuit", "fr"), "day": ("Keep the day trains", "en")}
    one = client.get(f"{LIST}/night", {"lang": "fr"}).json()["data"]
    assert (one["title"], one["language"], one["languages"]) == (
        "Gardez les trains de nuit", "fr", ["en", "fr"],
    )  # fmt: skip
    assert one["text_sha256"] == letter.texts.get(language="fr").h
    assert client.get(f"{LIST}/night").json()["data"]["language"] == "en"
    assert client.get(f"{LIST}/night", {"lang": "de"}).json()["data"]["language"] == "en"
    assert client.get(f"{LIST}/night", {"lang": "xx"}).status_code == 400


def known_moments() -> dict[str, datetime]:
    """Letters that changed at different moments, each by something else."""
    now = timezone.now().replace(microsecond=0)
    far = {"at": now - timedelta(days=40)}
    letters_ = {
        "old": builders.letter("old", **far),
        "edited": builders.letter("edited", **far),
        "counted": builders.letter("counted", **far),
        "over": builders.letter("over", closes_at=now - timedelta(days=3), **far),
        "closing": builders.letter("closing", closes_at=now + timedelta(hours=12), **far),
        "opened": builders.letter("opened", opens_at=now - timedelta(days=5), **far),
    }
    Tally.objects.update(as_of=now - timedelta(days=39))
    Tally.objects.filter(letter=letters_["counted"]).update(as_of=now - timedelta(days=2))
    Letter.objects.update(changed_at=now - timedelta(days=39))
    Letter.objects.filter(slug="edited").update(changed_at=now - timedelta(days=4))
    return {
        "old": now - timedelta(days=39),
        "edited": now - timedelta(days=4),
        "counted": now - timedelta(days=2),
        "over": now - timedelta(days=3),
        "closing": now + timedelta(hours=12) - limits.CLOSING_SOON,
        "opened": now - timedelta(days=5),
    }


def test_updated_since_means_what_updated_at_says(client: Client) -> None:
    changed = known_moments()
    said = {one["slug"]: one["updated_at"] for one in listed(client)}
    assert said == {slug: f"{at:%Y-%m-%dT%H:%M:%SZ}" for slug, at in changed.items()}
    for at in changed.values():
        for since in (at, at + timedelta(seconds=1)):
            expected = {slug for slug, moment in changed.items() if moment >= since}
            assert slugs(client, updated_since=f"{since:%Y-%m-%dT%H:%M:%SZ}") == expected


def test_a_day_is_its_first_moment(client: Client) -> None:
    numbers.known()
    Letter.objects.update(changed_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert slugs(client, updated_since="2026-03-14") == {"night-trains"}
    assert slugs(client, updated_since="2026-03-15") == set()


def test_a_moment_that_is_to_come_has_changed_nothing(client: Client) -> None:
    builders.letter()
    assert slugs(client, updated_since="9999-12-31T23:59:59Z") == set()
    assert slugs(client, updated_since="0001-01-01") == {"night-trains"}


@pytest.mark.parametrize("since", ["14.3.2026", "2026-03-32", "2026-03-14T20:40:00", "0", "2026-3-14"])
def test_a_moment_that_is_none(client: Client, since: str) -> None:
    response = client.get(LIST, {"updated_since": since})
    assert [error["parameter"] for error in response.json()["errors"]] == ["updated_since"]


@pytest.mark.parametrize("sort", ["-published_at", "-signatures"])
def test_a_cursor_goes_on_with_its_own_query_only(client: Client, sort: str) -> None:
    for number in range(4):
        numbers.counted(f"letter-{number}", number)
    query = {"sort": sort, "q": "keep", "state": "open", "updated_since": "2026-01-01", "limit": "2"}
    following = client.get(LIST, query).json()["links"]["next"]
    assert {one["slug"] for one in client.get(following).json()["data"]} == {"letter-0", "letter-1"}
    cursor = following.partition("cursor=")[2]
    for name, value in (("q", "trains"), ("state", "closed"), ("updated_since", "2026-01-02")):
        found = client.get(LIST, {**query, name: value, "cursor": cursor})
        assert found.status_code == 400
        assert [error["parameter"] for error in found.json()["errors"]] == ["cursor"]
    for change in ({"limit": "1"}, {"lang": "fr"}):
        assert client.get(LIST, {**query, **change, "cursor": cursor}).status_code == 200


def test_a_list_of_everything_that_is_asked_for_has_its_total(client: Client) -> None:
    builders.letter("night")
    builders.letter("day", title="Something else")
    meta = client.get(LIST, {"q": "something"}).json()["meta"]
    assert meta["total"] == 1
