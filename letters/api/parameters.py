"""Reading the query. What is not understood is refused, never ignored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from django.http import QueryDict

from letters import cursors
from letters.api import problems, values
from letters.api.values import Fault, Reader

NAME_SHOWN_MOST: Final = 60
CURSOR: Final = "cursor"
T = TypeVar("T")


@dataclass(frozen=True)
class Given:
    """What a query holds: `written` as it was sent, for links, and `values` as they were read."""

    written: dict[str, str]
    values: dict[str, Any]

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default where none was given."""
        return self.values.get(name, default)

    def moment(self, *, of: str) -> tuple[datetime, int] | None:
        """Return where a list by time goes on, or None at its beginning. Raises a problem."""
        return self._place(cursors.read_moment, of)

    def number(self, *, of: str) -> tuple[int, int] | None:
        """Return where a list by a number goes on, or None at its beginning. Raises a problem."""
        return self._place(cursors.read, of)

    def words(self, *, of: str) -> tuple[str, int] | None:
        """Return where a list by names goes on, or None at its beginning. Raises a problem."""
        return self._place(cursors.read_words, of)

    def _place(self, read: Callable[..., T], of: str) -> T | None:
        if CURSOR not in self.values:
            return None
        try:
            return read(self.values[CURSOR], of=of)
        except cursors.BadCursor as error:
            raise problem(CURSOR, values.OTHER_CURSOR) from error


def read(query: QueryDict, readers: Mapping[str, Reader], *, needed: Sequence[str] = ()) -> Given:
    """Return what was given, or raise one problem that names everything wrong with it.

    Each parameter has its reader of letters.api.values; `needed` are those that must be given.
    """
    errors = _unknown(query, list(readers))
    written = {name: texts[-1] for name, texts in query.lists() if name in readers and texts}
    found: dict[str, Any] = {}
    for name, text in written.items():
        try:
            found[name] = readers[name](text)
        except Fault as fault:
            errors.append(_error(name, fault.detail, fault.allowed))
    errors += [_error(name, "This parameter is needed.") for name in needed if name not in written]
    if errors:
        raise problems.Problem(problems.INVALID_PARAMETER, errors=errors)
    return Given(written, found)


def problem(name: str, detail: str, allowed: list[str] | None = None) -> problems.Problem:
    """Return the problem with one parameter."""
    return problems.Problem(problems.INVALID_PARAMETER, errors=[_error(name, detail, allowed)])


def _unknown(query: QueryDict, allowed: list[str]) -> list[dict[str, object]]:
    errors = []
    for name, texts in query.lists():
        if name not in allowed:
            errors.append(_error(name[:NAME_SHOWN_MOST], "There is no such parameter here.", allowed))
        elif len(texts) > 1:
            errors.append(_error(name, "Give it once."))
    return errors


def _error(name: str, detail: str, allowed: list[str] | None = None) -> dict[str, object]:
    return {"parameter": name, "detail": detail, "allowed": allowed}
