"""The OpenAPI document: every address, parameter, answer, header and problem."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from threading import Lock
from typing import Any, Final

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

from letters.api import problems
from letters.api.descriptions import component
from letters.api.operations import Group
from letters.api.shapes import headers, queries
from letters.api.shapes import problems as shapes
from letters.api.shapes.kinds import Kind, Schema

MAKING: Final = Lock()
"""drf-spectacular cannot be begun by two threads at once."""
OPENAPI: Final = "3.1.1"
HOME: Final = "/api/v1"
VERSION: Final = "1.0.0"
SAYS: Final = """\
Open letters, and how many signed them. Everything can be read by everybody, without a key.

An unknown parameter is an error and never ignored. Times are UTC. Within version 1 fields are only added.
HEAD works wherever GET does, and every page of the web may read every answer (CORS).
What goes wrong is answered as problem details (RFC 9457); `type` is the address of a page that explains it.
"""
GROUPS: Final = {
    Group.LETTERS: "Letters and their texts.",
    Group.NUMBERS: "How many signed, when, from where, and verified how.",
    Group.FILES: "What a letter offers to download, beside its page.",
    Group.LEDGER: "Proofs about the public list behind a number.",
    Group.ABOUT: "The API itself.",
}


def document() -> dict[str, Any]:
    """Return the whole document, made once for each process."""
    with MAKING:
        return _made()


@cache
def _made() -> dict[str, Any]:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    paths = generator.parse(None, public=True)  # type: ignore[no-untyped-call]
    kinds: list[Kind] = [shapes.record(kind, component(kind)) for kind in problems.KINDS.values()]
    kinds += [view.cls.schema.operation.answer for *_path, view in generator.endpoints or ()]
    return {
        "openapi": OPENAPI,
        "info": {
            "title": f"{settings.SITE_NAME} API",
            "version": VERSION,
            "description": SAYS,
            "contact": {"email": settings.SITE_CONTACT},
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": f"{settings.SITE_URL}{HOME}"}],
        "security": [],
        "tags": [{"name": str(group), "description": says} for group, says in GROUPS.items()],
        "paths": dict(_path(path, operations) for path, operations in paths.items()),
        "components": {
            "schemas": _schemas(kinds),
            "responses": {"NotModified": _not_modified(), **_responses()},
            "parameters": {**_parameters("path", queries.PARTS), **_parameters("header", headers.CONDITIONS)},
            "headers": headers.HEADERS,
        },
    }


def _path(path: str, operations: Schema) -> tuple[str, Schema]:
    """Return a path under the API’s home; one that stands elsewhere says so."""
    if path.startswith(HOME):
        return path.removeprefix(HOME), operations
    return path, {"servers": [{"url": settings.SITE_URL}], **operations}


def _schemas(kinds: list[Kind]) -> Schema:
    found = {record.name: record for kind in kinds for record in kind.records()}
    return {name: found[name].definition() for name in sorted(found)}


def _responses() -> Schema:
    return {component(kind): _problem(kind) for kind in problems.KINDS.values()}


def _problem(kind: problems.Kind) -> Schema:
    shape = shapes.record(kind, component(kind))
    content = {"schema": shape.schema(), "examples": {kind.name: {"value": shape.example()}}}
    return {
        "description": kind.title,
        "headers": headers.references(*headers.OF_PROBLEMS, *shapes.HEADERS.get(kind.name, ())),
        "content": {"application/problem+json": content},
    }


def _not_modified() -> Schema:
    return {
        "description": "You have the newest version.",
        "headers": headers.references(*headers.ALWAYS),
    }


def _parameters(place: str, said: Mapping[str, Schema]) -> Schema:
    return {
        name: {"name": name, "in": place, "required": place == "path", **facts}
        for name, facts in said.items()
    }
