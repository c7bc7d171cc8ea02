"""How an address stands in the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from drf_spectacular.openapi import AutoSchema

from letters.api.operations import Operation
from letters.api.problems import Kind
from letters.api.shapes import headers, queries
from letters.api.shapes.kinds import File, Schema
from letters.api.values import Reader

JSON: Final = "application/json"
PART: Final = re.compile(r"{(\w+)}")


class Description(AutoSchema):
    """Describes one address by its operation, and its parameters by the readers that read them."""

    def __init__(self, operation: Operation, readers: Mapping[str, Reader], needed: Sequence[str]) -> None:
        super().__init__()
        self.operation, self.readers, self.needed = operation, readers, needed

    def get_operation(self, path: str, *_: Any) -> Schema:
        """Return the operation object (OpenAPI 3.1.1, 4.8.10)."""
        said = self.operation
        return {
            "operationId": said.name,
            "summary": said.summary,
            "description": said.says,
            "tags": [str(said.group)],
            "parameters": [
                *({"$ref": f"#/components/parameters/{name}"} for name in PART.findall(path)),
                *(self._parameter(name, reader) for name, reader in self.readers.items()),
                *({"$ref": f"#/components/parameters/{name}"} for name in headers.CONDITIONS),
            ],
            "responses": {"200": self._answer(), "304": response("NotModified"), **self._problems()},
        }

    def _parameter(self, name: str, reader: Reader) -> Schema:
        return {
            "name": name,
            "in": "query",
            "description": self.operation.words.get(name) or queries.MEANINGS[name],
            "required": name in self.needed,
            "schema": dict(reader.schema),
        }

    def _answer(self) -> Schema:
        shape = self.operation.answer
        content = {
            shape.media if isinstance(shape, File) else JSON: _content(shape.schema(), shape.example()),
            **{kind: _content({"type": "string"}, shown) for kind, shown in self.operation.forms.items()},
        }
        return {
            "description": shape.says,
            "headers": headers.references(*headers.ALWAYS, *self.operation.headers),
            "content": content,
        }

    def _problems(self) -> Schema:
        kinds: dict[str, list[Kind]] = {}
        for kind in self.operation.all_problems:
            kinds.setdefault(str(kind.status), []).append(kind)
        return {status: response(component(found[0])) for status, found in kinds.items()}


def _content(schema: Schema, example: object) -> Schema:
    return {"schema": schema, "examples": {"answer": {"value": example}}}


def component(kind: Kind) -> str:
    """Return the name under which a type of problem stands in the document."""
    return "".join(word.capitalize() for word in kind.name.split("-"))


def response(name: str) -> Schema:
    """Return the reference to an answer that many addresses have."""
    return {"$ref": f"#/components/responses/{name}"}
