"""Holds an answer against what the OpenAPI document says of its address."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Final

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from letters.api import documents

HOME: Final = documents.HOME
PAGE: Final = f"{HOME}/reference/"
ANYWHERE: Final = {
    "404": "NotFound",
    "405": "MethodNotAllowed",
    "406": "NotAcceptable",
    "429": "RateLimited",
}
"""What an address that does not exist may answer."""


def check(path: str, method: str, response: HttpResponse) -> None:
    """Raise AssertionError where an answer of the API is not as the document says."""
    known = answers(path)
    if known is None or path == PAGE or method == "OPTIONS":
        return
    said = known.get(str(response.status_code))
    assert said, f"{path} answers {response.status_code}, and the document does not say so"
    for name, header in said.get("headers", {}).items():
        one = follow(header)
        assert name in response or not one["required"], f"{path} has no {name}"
        if name in response:
            assert list(validator(json.dumps(one["schema"])).iter_errors(response[name])) == [], name
    if response.status_code != 304 and method != "HEAD":
        kind = response["Content-Type"].partition(";")[0]
        assert kind in said["content"], f"{path} answers with {kind}"
        if kind.endswith("json"):
            body, schema = json.loads(response.content), said["content"][kind]["schema"]
            faults = [
                f"{path}: {fault.json_path} {fault.message}"
                for fault in validator(json.dumps(schema)).iter_errors(body)
            ]
            assert faults == []


def answers(path: str) -> dict[str, Any] | None:
    """Return what an address may answer, by status; None for one that is not the API’s."""
    document = documents.document()
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name is None:
        responses = document["components"]["responses"]
        return {status: responses[name] for status, name in ANYWHERE.items()}
    template = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{match.route}").removeprefix(HOME)
    known = document["paths"].get(template, {})
    if not path.startswith(f"{HOME}/") and "servers" not in known:
        return None
    operation = known.get("get", {"responses": {}})
    return {status: follow(answer) for status, answer in operation["responses"].items()}


def follow(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part of the document, or the one that it refers to."""
    found: Any = part
    if "$ref" in part:
        found = documents.document()
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
    return dict(found)


@cache
def validator(schema: str) -> Validator:
    """Return what checks a value against a schema of the document."""
    whole = {**json.loads(schema), "components": documents.document()["components"]}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
