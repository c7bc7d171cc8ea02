"""How each day left the number, as data: frozen, found by its day, and never changed."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from letters.models import Letter, Snapshot
from letters.services import ledger, letters, signatures, snapshots
from tests import builders
from tests.builders import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE = "http://testserver/letters/night-trains/"
LIST = "/api/v1/letters/night-trains/snapshots"
ONE = f"{LIST}/2026-03-14"
DAY = timedelta(days=1)


def known(**fields: Any) -> Snapshot:
    """Twelve signed on the fourteenth, ten of them in Portugal."""
    letter = builders.letter(**fields)
    for number in range(12):
        country = "PT" if number < 10 else ""
        builders.confirmed(letter, email=f"ben{number}@example.org", country=country)
    ledger.seal(letter_id=letter.pk, at=NOW)
    return builders.frozen(letter)


def get(client: Client, path: str = ONE, **query: Any) -> dict[str, Any]:
    response = client.get(path, query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def absent(client: Client, path: str) -> str:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    return str(response.json()["detail"])


def test_a_record_holds_the_number_of_its_day_with_all_its_parts(client: Client) -> None:
    one = known()
    size, root = one.checkpoint.size, base64.b64encode(bytes(one.checkpoint.root)).decode()
    count = client.get("/api/v1/letters/night-trains/count").json()
    found = get(client)
    same = ("confirmed", "persons", "organizations", "public", "private", "by_method", "as_of")
    assert {name: found[name] for name in same} == {name: count[name] for name in same}
    assert (found["letter"], found["date"], found["confirmed"]) == ("night-trains", "2026-03-14", 12)
    assert found["ledger"] == {"size": size, "root": root, "at": f"{HERE}at/{size}/"}
    assert found["text"] == {"version": 1, "sha256": one.text.h}
    assert found["countries"] == {
        "as_of": "2026-03-14T12:00:00Z",
        "stated": 10,
        "not_stated": 2,
        "countries": [{"code": "PT", "name": "Portugal", "confirmed": 10}],
        "other": 0,
        "as_stated": True,
    }
    assert found["frozen_at"] == "2026-03-15T00:05:00Z"
    page = f"{HERE}as-of/2026-03-14/"
    assert found["cite"] == f"12 signatures as of 14 March 2026, 12:00 UTC, Night Rail Alliance, {page}"
    assert found["links"] == {
        "self": f"http://testserver{ONE}",
        "page": page,
        "corrections": f"http://testserver{ONE}/corrections",
    }
    for link in (*found["links"].values(), found["ledger"]["at"]):
        assert client.get(link).status_code == 200


def test_it_is_kept_for_a_year_and_nothing_changes_it(client: Client) -> None:
    one = known()
    first = client.get(ONE)
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    signature = one.letter.signatures.order_by("pk")[0]
    signatures.withdraw(uid=signature.uid, at=NOW + DAY)
    ledger.seal(letter_id=one.letter_id, at=NOW + DAY)
    again = client.get(ONE)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert client.get(ONE, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(ONE, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.head(ONE)["ETag"] == first["ETag"]
    assert client.get("/api/v1/letters/night-trains/count").json()["confirmed"] == 11
    assert "Ben Okafor" not in first.content.decode()


def test_a_day_without_a_record_is_not_found(client: Client) -> None:
    one = known()
    for day in ("2026-03-13", "2026-03-15", "2999-01-01"):
        assert "five minutes after its end" in absent(client, f"{LIST}/{day}")
        absent(client, f"{LIST}/{day}/corrections")
    for day in ("2026-02-30", "14.3.2026", "2026-3-14", "yesterday", "20260314", "%00"):
        absent(client, f"{LIST}/{day}")
    letters.withdraw(letter=one.letter, reason="Not ours.", by=None, at=NOW + DAY)
    assert client.get(ONE).status_code == 410
    absent(client, "/api/v1/letters/none/snapshots/2026-03-14")


def test_a_quiet_day_of_a_closed_letter_is_answered_by_the_record_before_it(client: Client) -> None:
    letter = builders.letter()
    builders.counted(letter)
    letters.close(letter=letter, by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(hours=1))
    builders.frozen(letter)
    own, quiet = get(client), get(client, f"{LIST}/2026-03-20")
    assert (quiet["date"], quiet["as_of"]) == ("2026-03-20", own["as_of"])
    assert quiet["links"]["self"].endswith("/snapshots/2026-03-20")
    assert quiet["cite"].endswith("/as-of/2026-03-20/")
    moved = {"date", "links", "cite"}
    assert {name for name in own if own[name] != quiet[name]} == moved


def test_records_are_listed_newest_first_and_leafed_through(client: Client) -> None:
    letter = builders.letter()
    for number in range(3):
        builders.counted(letter, email=f"ben{number}@example.org", at=NOW + number * DAY)
    for number in range(3):
        builders.frozen(letter, day=TODAY + number * DAY)
    page = get(client, LIST, limit=2)
    assert [(one["date"], one["confirmed"]) for one in page["data"]] == [("2026-03-16", 3), ("2026-03-15", 2)]
    assert page["data"][1] == get(client, f"{LIST}/2026-03-15")
    following = client.get(page["links"]["next"])
    assert [one["date"] for one in following.json()["data"]] == ["2026-03-14"]
    assert following.json()["links"]["next"] is None
    assert client.get(LIST, {"cursor": "x"}).status_code == 400


def test_a_new_record_is_another_version_of_the_list(client: Client) -> None:
    letter: Letter = builders.letter()
    builders.counted(letter)
    first = client.get(LIST)
    assert first.json()["data"] == []
    builders.frozen(letter)
    again = client.get(LIST, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, len(again.json()["data"])) == (200, 1)


def test_corrections_stand_beside_it(client: Client) -> None:
    one = known()
    first = client.get(f"{ONE}/corrections")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=300"
    assert (first.json()["data"], first.json()["meta"]["total"]) == ([], 0)
    snapshots.correct(snapshot=one, wrong="Two were one.", said_by="Ada", by=None, at=NOW + 2 * DAY)
    again = client.get(f"{ONE}/corrections", headers={"If-None-Match": first["ETag"]})
    assert again.json()["data"] == [
        {"at": "2026-03-16T12:00:00Z", "wrong": "Two were one.", "said_by": "Ada"}
    ]
    assert again["Last-Modified"] == "Mon, 16 Mar 2026 12:00:00 GMT"
