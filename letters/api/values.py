"""What the values of parameters may be: each reader returns the value of a text, or raises Fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from letters import languages, limits

SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,80}")
WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,14}")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
OTHER_CURSOR: Final = "Not a cursor of this list and order. Follow links.next as it is."
MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z")


@dataclass(frozen=True)
class Reader:
    """Reads the text of one parameter; `schema` tells a program the same (JSON Schema 2020-12)."""

    read: Callable[[str], Any]
    schema: Mapping[str, Any]

    def __call__(self, text: str) -> Any:
        """Return the value of a text. Raises Fault."""
        return self.read(text)


def reads(**schema: Any) -> Callable[[Callable[[str], Any]], Reader]:
    """Make a reader of a function, with the schema of what it takes."""
    return lambda read: Reader(read, schema)


class Fault(Exception):
    """Why a value cannot be used, and which could."""

    def __init__(self, detail: str, allowed: list[str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.allowed = allowed


@reads(type="integer", minimum=0, maximum=10**15 - 1, examples=[12])
def whole(text: str) -> int:
    """Read a whole number."""
    if not WHOLE.fullmatch(text):
        raise Fault("Give a whole number." if text else "This parameter is needed.")
    return int(text)


def between(lowest: int, most: int) -> Reader:
    """Read a whole number from `lowest` to `most`."""

    @reads(type="integer", minimum=lowest, maximum=most, examples=[lowest])
    def read(text: str) -> int:
        if not WHOLE.fullmatch(text) or not lowest <= int(text) <= most:
            raise Fault(f"Give a whole number from {lowest} to {most}.")
        return int(text)

    return read


limit = between(1, limits.API_LIMIT_MOST)
"""Read how many entries a page has."""


def one_of(choices: Sequence[str]) -> Reader:
    """Read one of some words."""

    @reads(type="string", enum=[str(choice) for choice in choices], examples=[str(choices[0])])
    def read(text: str) -> str:
        if text not in choices:
            raise Fault("Choose one of the allowed values.", [str(choice) for choice in choices])
        return text

    return read


@reads(type="string", format="cursor", minLength=1)
def later(text: str) -> str:
    """Take a cursor whose list is known only later."""
    return text


@reads(type="string", minLength=1, maxLength=limits.NAME_MAX, pattern=r"\S", examples=["rail"])
def words(text: str) -> str:
    """Read what to search for."""
    if not text.strip() or len(text) > limits.NAME_MAX or "\x00" in text:
        raise Fault(f"Give some words, {limits.NAME_MAX} characters at most.")
    return text


@reads(type="string", pattern=f"^{SLUG.pattern}$", examples=["open-tools"])
def slug(text: str) -> str:
    """Read the slug of an organization."""
    if not SLUG.fullmatch(text):
        raise Fault("Give the organization's slug, like night-rail.")
    return text


@reads(type="string", enum=sorted(languages.KNOWN), examples=["fr"])
def language(text: str) -> str:
    """Read a language code."""
    if text not in languages.KNOWN:
        raise Fault("Give a language code like en, fr or pt-br.")
    return text


@reads(type="string", format="date", pattern=f"^{DAY.pattern}$", examples=["2026-03-13"])
def day(text: str) -> date:
    """Read a day (UTC)."""
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError as error:
        raise Fault("Give a day like 2026-03-14.") from error


@reads(type="string", pattern=f"^({DAY.pattern}|{MOMENT.pattern})$", examples=["2026-03-13"])
def moment(text: str) -> datetime:
    """Read a day, which is its first moment, or a moment; both in UTC."""
    known = DAY.fullmatch(text) or MOMENT.fullmatch(text)
    try:
        read = datetime.fromisoformat(text if known else "")
    except ValueError as error:
        raise Fault("Give a day like 2026-03-14, or a moment like 2026-03-14T20:40:00Z.") from error
    return read.replace(tzinfo=UTC)
