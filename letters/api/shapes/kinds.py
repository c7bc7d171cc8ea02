"""What shapes are made of: values, records, lists, and what may be null (JSON Schema 2020-12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from django.conf import settings

Schema = dict[str, Any]
MOMENT: Final = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"


class Kind(Protocol):
    """Whatever may stand in an answer."""

    def schema(self) -> Schema:
        """Return its JSON Schema; a record is a reference."""

    def example(self) -> Any:
        """Return a value as it may well be."""

    def records(self) -> Iterator[Record]:
        """Yield every record in it."""


@dataclass(frozen=True)
class Value:
    """One value without parts."""

    facts: Schema
    shown: Any

    def schema(self) -> Schema:
        """Return its JSON Schema."""
        return {**self.facts, "examples": [self.shown]}

    def example(self) -> Any:
        """Return a value as it may well be."""
        return self.shown

    def records(self) -> Iterator[Record]:
        """Yield nothing."""
        return iter(())


@dataclass(frozen=True)
class Record:
    """An object with a name of its own. Every field is always there, and there is no other."""

    name: str
    says: str
    fields: Mapping[str, Kind]

    def schema(self) -> Schema:
        """Return the reference to it."""
        return {"$ref": f"#/components/schemas/{self.name}"}

    def definition(self) -> Schema:
        """Return its JSON Schema."""
        return {
            "type": "object",
            "description": self.says,
            "properties": {name: kind.schema() for name, kind in self.fields.items()},
            "required": list(self.fields),
            "additionalProperties": False,
        }

    def example(self) -> dict[str, Any]:
        """Return an object as it may well be."""
        return {name: kind.example() for name, kind in self.fields.items()}

    def records(self) -> Iterator[Record]:
        """Yield itself, and what stands in its fields."""
        yield self
        for kind in self.fields.values():
            yield from kind.records()


@dataclass(frozen=True)
class Anything:
    """An object whose fields another document describes."""

    says: str
    shown: dict[str, Any]

    def schema(self) -> Schema:
        """Return its JSON Schema."""
        return {"type": "object", "description": self.says}

    def example(self) -> dict[str, Any]:
        """Return its beginning."""
        return self.shown

    def records(self) -> Iterator[Record]:
        """Yield nothing."""
        return iter(())


@dataclass(frozen=True)
class File:
    """An answer that is a file of this media type."""

    media: str
    says: str
    shown: str

    def schema(self) -> Schema:
        """Return its JSON Schema."""
        return {"type": "string"}

    def example(self) -> str:
        """Return its beginning."""
        return self.shown

    def records(self) -> Iterator[Record]:
        """Yield nothing."""
        return iter(())


@dataclass(frozen=True)
class Many:
    """A list."""

    of: Kind
    says: str
    facts: Schema = field(default_factory=dict)

    def schema(self) -> Schema:
        """Return its JSON Schema."""
        return {"type": "array", "description": self.says, "items": self.of.schema(), **self.facts}

    def example(self) -> list[Any]:
        """Return a list of one."""
        return [self.of.example()]

    def records(self) -> Iterator[Record]:
        """Yield what stands in it."""
        return self.of.records()


@dataclass(frozen=True)
class Shown:
    """What has another example here than elsewhere."""

    of: Kind
    shown: Any

    def schema(self) -> Schema:
        """Return its JSON Schema."""
        return self.of.schema()

    def example(self) -> Any:
        """Return the example."""
        return self.shown

    def records(self) -> Iterator[Record]:
        """Yield what stands in it."""
        return self.of.records()


@dataclass(frozen=True)
class Maybe:
    """What may be null; `absent` shows it so."""

    of: Kind
    absent: bool = False

    def schema(self) -> Schema:
        """Return its JSON Schema."""
        inner = self.of.schema()
        if "type" in inner and "enum" not in inner:
            return {**inner, "type": [inner["type"], "null"]}
        return {"anyOf": [inner, {"type": "null"}]}

    def example(self) -> Any:
        """Return a value as it may well be, or null."""
        return None if self.absent else self.of.example()

    def records(self) -> Iterator[Record]:
        """Yield what stands in it."""
        return self.of.records()


def text(says: str, example: str, **facts: Any) -> Value:
    """Return some words."""
    return Value({"type": "string", "description": says, **facts}, example)


def whole(says: str, example: int, **facts: Any) -> Value:
    """Return a whole number from 0."""
    return Value({"type": "integer", "minimum": 0, "description": says, **facts}, example)


def flag(says: str, example: bool) -> Value:
    """Return yes or no."""
    return Value({"type": "boolean", "description": says}, example)


def moment(says: str, example: str = "2026-03-14T20:40:00Z") -> Value:
    """Return a moment in UTC to the second."""
    return text(says, example, format="date-time", pattern=MOMENT)


def address(says: str, path: str, **facts: Any) -> Value:
    """Return a whole address of this site."""
    return text(says, f"{settings.SITE_URL}{path}", format="uri", pattern="^https?://", **facts)


def digest(says: str) -> Value:
    """Return a SHA-256 in base64."""
    shown = "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="
    return text(says, shown, pattern="^[A-Za-z0-9+/]{43}=$", contentEncoding="base64")
