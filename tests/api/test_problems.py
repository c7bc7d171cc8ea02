"""What goes wrong says what, why and what would be right."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from letters.api import problems
from letters.queries import letters
from letters.services import letters as services
from tests import builders
from tests.api import numbers

pytestmark = pytest.mark.django_db
LIST = "/api/v1/letters"
LETTER = f"{LIST}/night-trains"
COUNT = f"{LETTER}/count"


def problem(
    client: Client, path: str, status: int, kind: str, *, method: str = "GET", **extra: Any
) -> dict[str, Any]:
    response = client.generic(method, path, **extra)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    found: dict[str, Any] = json.loads(response.content)
    assert list(found)[:4] == ["type", "title", "status", "detail"]
    assert (found["type"], found["status"]) == (f"http://testserver/problems/{kind}/", status)
    return found


def errors(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = problem(client, path, 400, "invalid-parameter")["errors"]
    return found


@pytest.mark.parametrize("path", [LETTER, COUNT])
def test_a_draft_is_not_found_as_if_it_did_not_exist(client: Client, path: str) -> None:
    before = problem(client, path, 404, "not-found")
    builders.draft()
    assert problem(client, path, 404, "not-found") == before


@pytest.mark.parametrize("path", [LETTER, COUNT])
def test_a_withdrawn_letter_is_gone(client: Client, path: str) -> None:
    letter = builders.letter()
    withdrawn_at = timezone.now()
    services.withdraw(letter=letter, reason="The ministry has agreed.", by=None, at=withdrawn_at)
    found = problem(client, path, 410, "gone")
    assert list(found)[4:] == ["withdrawn_at", "reason"]
    assert (found["withdrawn_at"], found["reason"]) == (
        f"{withdrawn_at:%Y-%m-%dT%H:%M:%SZ}",
        "The ministry has agreed.",
    )


@pytest.mark.parametrize(
    "path", ["nothing", "letters/", "letters/night-trains/", "letters/a/b/c", "//", "a%0Ab", "%FF"]
)
def test_every_address_under_the_api_answers_as_the_api(client: Client, path: str) -> None:
    builders.letter()
    problem(client, f"/api/v1/{path}", 404, "not-found")


@pytest.mark.parametrize("path", ["/api/v1/", COUNT])
def test_a_parameter_where_there_is_none(client: Client, path: str) -> None:
    builders.letter()
    expected = [{"parameter": "format", "detail": "There is no such parameter here.", "allowed": []}]
    assert errors(client, f"{path}?format=json") == expected


def test_an_unknown_parameter_is_named_with_those_that_are_known(client: Client) -> None:
    allowed = ["state", "q", "organization", "updated_since", "lang", "sort", "limit", "cursor"]
    assert errors(client, f"{LIST}?limt=5&state=open&query=x") == [
        {"parameter": "limt", "detail": "There is no such parameter here.", "allowed": allowed},
        {"parameter": "query", "detail": "There is no such parameter here.", "allowed": allowed},
    ]


def test_everything_wrong_is_said_at_once(client: Client) -> None:
    wrong = {
        "state": "opne",
        "q": "%20",
        "organization": "a%20b",
        "updated_since": "yesterday",
        "lang": "klingon",
        "sort": "signatures",
        "limit": "0",
        "y": "1",
    }
    query = "&".join(f"{name}={value}" for name, value in wrong.items())
    found = errors(client, f"{LIST}?{query}")
    assert {error["parameter"] for error in found} == set(wrong)
    assert {
        error["parameter"]: error["allowed"] for error in found if error["parameter"] in {"state", "sort"}
    } == {
        "state": ["open", "paused", "closed"],
        "sort": ["-published_at", "-signatures"],
    }


@pytest.mark.parametrize("limit", ["0", "201", "-1", "+5", "5.0", "1e2", "", " 5", "٥", "five", "9" * 5000])
def test_a_limit_that_is_none(client: Client, limit: str) -> None:
    response = client.get(LIST, {"limit": limit})
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"parameter": "limit", "detail": "Give a whole number from 1 to 200.", "allowed": None}
    ]


@pytest.mark.parametrize("limit", ["1", "50", "200"])
def test_a_limit_that_is_one(client: Client, limit: str) -> None:
    assert client.get(LIST, {"limit": limit}).status_code == 200


def test_a_parameter_given_twice(client: Client) -> None:
    assert errors(client, f"{LIST}?limit=1&limit=2") == [
        {"parameter": "limit", "detail": "Give it once.", "allowed": None}
    ]


def test_an_organization_without_a_public_letter_is_a_typo_not_an_empty_list(client: Client) -> None:
    builders.draft()
    for slug in ("night-rail", "nihgt-rail"):
        assert [error["parameter"] for error in errors(client, f"{LIST}?organization={slug}")] == [
            "organization"
        ]


def test_a_cursor_of_another_order_or_with_a_changed_letter(client: Client) -> None:
    for number in range(3):
        numbers.counted(f"letter-{number}", number)
    cursors = {
        sort: client.get(LIST, {"sort": sort, "limit": 1}).json()["links"]["next"].partition("cursor=")[2]
        for sort in ("-published_at", "-signatures")
    }
    crossed = [
        ("-signatures", cursors["-published_at"]),
        ("-published_at", cursors["-signatures"]),
        ("-published_at", cursors["-published_at"][:-3] + "AAA"),
        ("-published_at", ""),
    ]
    for sort, cursor in crossed:
        found = errors(client, f"{LIST}?sort={sort}&cursor={cursor}")
        assert [error["parameter"] for error in found] == ["cursor"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
@pytest.mark.parametrize("path", ["/api/v1/", LIST, LETTER, COUNT, "/api/v1/nothing"])
def test_another_method(client: Client, path: str, method: str) -> None:
    builders.letter()
    problem(client, path, 405, "method-not-allowed", method=method)
    assert client.generic(method, path)["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "accept", ["text/html", "text/csv, image/*", "application/json;q=0", "json", "a;b*=x'y'z"]
)
def test_another_format(client: Client, accept: str) -> None:
    numbers.known()
    problem(client, COUNT, 406, "not-acceptable", headers={"Accept": accept})


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/*",
        "application/json; charset=utf-8",
        "application/json; indent=4",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ],
)
def test_every_reader_who_takes_json_gets_the_same_bytes(client: Client, accept: str) -> None:
    numbers.known()
    assert client.get(COUNT, headers={"Accept": accept}).content == client.get(COUNT).content


def test_a_fault_of_ours_is_a_problem_and_is_recorded(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(letters, "with_number", broken)
    with caplog.at_level(logging.ERROR):
        found = problem(client, COUNT, 500, "server-error")
    assert "secret detail" not in json.dumps(found)
    assert "secret detail" in caplog.text


def test_without_a_database_there_is_no_number(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(letters, "with_number", away)
    problem(client, COUNT, 503, "unavailable")
    assert client.get(COUNT)["Retry-After"] == "10"


@pytest.mark.parametrize("kind", problems.KINDS.values(), ids=lambda kind: kind.name)
def test_each_type_has_a_page_at_its_own_address(client: Client, kind: problems.Kind) -> None:
    response = client.get(kind.url)
    assert response.status_code == 200
    shown = response.content.decode()
    assert kind.title in shown
    assert kind.url in shown
    assert str(kind.status) in shown
    assert not response.cookies


def test_a_type_that_does_not_exist_has_no_page(client: Client) -> None:
    assert client.get("/problems/nothing/").status_code == 404
