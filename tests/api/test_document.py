"""The OpenAPI document: whole, right and served once. Every test of this folder holds answers against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from jsonschema import Draft202012Validator

from letters.api import documents, letters, problems, urls, urls_files
from letters.api.shapes.kinds import Record, whole
from tests.api import contract, numbers

DOCUMENT = "/api/v1/openapi.json"
COUNT = "/api/v1/letters/night-trains/count"


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in documents.document()["paths"].items():
        assert list(methods) in (["get"], ["servers", "get"])
        yield path, methods["get"]


def objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for inner in part.values():
            yield from objects(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner)


def test_it_is_served_as_json_and_kept(client: Client) -> None:
    first = client.get(DOCUMENT)
    assert first.json() == json.loads(json.dumps(documents.document()))
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert client.get(DOCUMENT, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert documents.document() is documents.document()


def test_every_address_is_described_but_the_one_for_all_others() -> None:
    views = {
        pattern.name: pattern.callback
        for pattern in [*urls.urlpatterns, *urls_files.urlpatterns]
        if isinstance(pattern, URLPattern)
    }
    without = [name for name, view in views.items() if hasattr(view, "cls") and view.cls.schema is None]
    assert without == [None]
    assert views[None] is letters.unknown
    described = {operation["operationId"] for _path, operation in operations()}
    assert len(described) == len(documents.document()["paths"])


def test_everything_has_its_words_and_an_example() -> None:
    for _path, operation in operations():
        assert operation["summary"]
        assert operation["description"].endswith(".")
        assert operation["tags"][0] in [tag["name"] for tag in documents.document()["tags"]]
        for parameter in map(contract.follow, operation["parameters"]):
            assert parameter["description"]
        for status, answer in operation["responses"].items():
            said = contract.follow(answer)
            assert said["description"]
            for content in said.get("content", {}).values():
                assert content["examples"], status
    for header in documents.document()["components"]["headers"].values():
        assert header["description"]


def test_every_example_is_right() -> None:
    for path, operation in operations():
        for answer in map(contract.follow, operation["responses"].values()):
            for content in answer.get("content", {}).values():
                check = contract.validator(json.dumps(content["schema"]))
                for example in content["examples"].values():
                    assert list(check.iter_errors(example["value"])) == [], path


def test_every_schema_is_one_and_every_object_is_closed() -> None:
    schemas = documents.document()["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    for one in objects(schemas):
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        assert all({"description", "$ref", "anyOf"} & set(field) for field in one["properties"].values())


@pytest.mark.django_db
def test_every_address_takes_the_parameters_that_the_document_names_and_no_other(client: Client) -> None:
    numbers.known()
    for path, operation in operations():
        named = [one["name"] for one in map(contract.follow, operation["parameters"]) if one["in"] == "query"]
        home = "" if "servers" in documents.document()["paths"][path] else documents.HOME
        address = home + path.format(slug="night-trains", organization="night-rail", date="2026-03-13")
        errors = client.get(address, {"no_such": "1"}).json()["errors"]
        [unknown] = [error for error in errors if error["parameter"] == "no_such"]
        assert unknown["allowed"] == named


def test_every_type_of_problem_stands_in_it() -> None:
    known = {kind.name for kind in problems.KINDS.values()}
    responses = documents.document()["components"]["responses"]
    assert {name for one in responses.values() for content in one.get("content", {}).values()
            for name in content["examples"]} == known  # fmt: skip
    used = {json.dumps(answer) for _path, one in operations() for answer in one["responses"].values()}
    assert {name for name in responses if f'"#/components/responses/{name}"' in str(used)} == set(responses)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("found", "other"),
    [
        ('"confirmed"', '"confrimed"'),
        ('"confirmed":12408', '"confirmed":"12408"'),
        (":40:00Z", ":40:00+00:00"),
        ('"offline":310,', ""),
    ],
)
def test_an_answer_that_is_not_as_described_is_found_out(client: Client, found: str, other: str) -> None:
    numbers.known()
    response = client.get(COUNT)
    contract.check(COUNT, "GET", response)
    response.content = response.content.replace(found.encode(), other.encode())
    with pytest.raises(AssertionError):
        contract.check(COUNT, "GET", response)


@pytest.mark.django_db
def test_a_missing_header_and_an_address_without_a_description_are_found_out(client: Client) -> None:
    numbers.known()
    response = client.get(COUNT)
    del response["Last-Modified"]
    with pytest.raises(AssertionError, match="has no Last-Modified"):
        contract.check(COUNT, "GET", response)
    with pytest.raises(AssertionError, match="the document does not say so"):
        contract.check("/api/v1/new", "GET", response)


def test_a_record_names_all_its_fields() -> None:
    pair = Record("Pair", "Two numbers.", {"one": whole("The first.", 1), "other": whole("The other.", 2)})
    assert pair.definition()["required"] == ["one", "other"]
    assert pair.example() == {"one": 1, "other": 2}
