"""The OpenAPI document as people read it: chapters of addresses, and the shapes of their answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from letters.api import documents
from letters.api.descriptions import JSON
from letters.api.documents import HOME
from letters.api.operations import ALWAYS
from letters.api.shapes.kinds import Schema

FORMATS: Final = {"date-time": "moment", "date": "day", "uri": "address", "cursor": "cursor"}
TYPES: Final = {"integer": "whole number", "string": "text", "boolean": "true or false", "object": "object"}
CHOICES_SHOWN: Final = 12
"""More are counted, not named."""


@dataclass(frozen=True)
class Row:
    """A parameter, a field or a header: its name, what it may be, the shape that it links to."""

    name: str
    kind: str
    says: str
    shape: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Answer:
    """What a status means; a problem has the name of its page."""

    status: str
    says: str
    problem: str


@dataclass(frozen=True)
class Entry:
    """One address."""

    name: str
    path: str
    summary: str
    says: str
    parameters: list[Row]
    shape: str
    forms: list[str]
    example: str
    headers: list[str]
    answers: list[Answer]


@dataclass(frozen=True)
class Chapter:
    """Addresses that belong together."""

    name: str
    says: str
    entries: list[Entry]


@dataclass(frozen=True)
class Shape:
    """One object that stands in answers."""

    name: str
    says: str
    fields: list[Row]


@cache
def chapters() -> list[Chapter]:
    """Return every address, by chapter."""
    document = documents.document()
    entries = [
        (methods["get"]["tags"][0], _entry(path if "servers" in methods else HOME + path, methods["get"]))
        for path, methods in document["paths"].items()
    ]
    return [
        Chapter(tag["name"], tag["description"], [entry for name, entry in entries if name == tag["name"]])
        for tag in document["tags"]
    ]


@cache
def shapes() -> list[Shape]:
    """Return every object of the answers, by name."""
    return [
        Shape(name, schema["description"], [_row(*field) for field in schema["properties"].items()])
        for name, schema in documents.document()["components"]["schemas"].items()
    ]


@cache
def headers() -> list[Row]:
    """Return every header."""
    said = documents.document()["components"]["headers"]
    return [Row(name, one["schema"]["examples"][0], one["description"]) for name, one in said.items()]


def words(schema: Schema) -> str:
    """Return in a few words what a value may be."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(words(one) for one in schema["anyOf"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        choices = schema["enum"]
        return ", ".join(choices) if len(choices) <= CHOICES_SHOWN else f"one of {len(choices)} codes"
    kind = schema.get("type", "object")
    one, *rest = [kind] if isinstance(kind, str) else kind
    if one == "array":
        return " or ".join(["list of " + words(schema["items"]), *rest])
    known = FORMATS.get(schema.get("format", ""), TYPES.get(one, one))
    return " or ".join([known + _bounds(schema), *rest])


def _bounds(schema: Schema) -> str:
    lowest, most = schema.get("minimum", 0), schema.get("maximum")
    return f" from {lowest} to {most}" if most and most < 1_000_000 else ""


def _entry(path: str, operation: Schema) -> Entry:
    parameters = [_follow(one) for one in operation["parameters"]]
    said = operation["responses"]["200"]
    media, *others = said["content"]
    content = said["content"][media]
    shown = content["examples"]["answer"]["value"]
    return Entry(
        name=operation["operationId"],
        path=path,
        summary=operation["summary"],
        says=operation["description"],
        parameters=[
            Row(one["name"], words(one["schema"]), one["description"], needed=one["required"])
            for one in parameters
            if one["in"] != "header"
        ],
        shape=_shape(content["schema"]),
        forms=others if media == JSON else [media],
        example=json.dumps(shown, ensure_ascii=False, indent=2) if media == JSON else shown,
        headers=list(said["headers"]),
        answers=list(_answers(operation["responses"])),
    )


def _answers(responses: Mapping[str, Schema]) -> Iterator[Answer]:
    everywhere = {kind.title for kind in ALWAYS}
    for status, one in responses.items():
        said = _follow(one)
        if said["description"] in everywhere:
            continue
        content = said.get("content", {}).get("application/problem+json", {"examples": {}})
        yield Answer(status, said["description"], next(iter(content["examples"]), ""))


def _row(name: str, schema: Schema) -> Row:
    shape = _shape(schema)
    says = schema.get("description") or _says(schema)
    return Row(name, "" if shape and "anyOf" not in schema else words(schema), says, shape)


def _says(schema: Schema) -> str:
    inner = [one for one in (schema, *schema.get("anyOf", [])) if "$ref" in one or "description" in one]
    return str(_follow(inner[0])["description"]) if inner else ""


def _shape(schema: Schema) -> str:
    """Return the name of the shape that a value has, or that each entry of a list has."""
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", [])):
        if "$ref" in one:
            return str(one["$ref"].rpartition("/")[2])
    return ""


def _follow(part: Schema) -> Schema:
    found: Any = part
    if "$ref" in part:
        found = documents.document()
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
    return dict(found)
