"""Reading the query. What is not understood is refused, never ignored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from letters import cursors, limits
from letters.api import problems
from letters.enums import Phase
from letters.queries.letters import Order, Place

STATES: Final = (Phase.OPEN, Phase.PAUSED, Phase.CLOSED)
LISTING: Final = ("state", "organization", "sort", "limit", "cursor")
SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,80}")
LEAVES: Final = re.compile(r"0|[1-9][0-9]{0,14}")
NUMBER: Final = re.compile(r"[0-9]{1,4}")
NAME_SHOWN_MOST: Final = 60


@dataclass(frozen=True)
class Listing:
    """What a list of letters was asked for; `given` as it was written."""

    given: dict[str, str]
    state: Phase | None
    organization: str | None
    order: Order
    size: int
    after: Place | None


class Fault(Exception):
    """Why a value cannot be used, and which could."""

    def __init__(self, detail: str, allowed: list[str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.allowed = allowed


def none(query: QueryDict) -> None:
    """Raise a problem for any parameter at all."""
    _refuse(_unknown(query, ()))


def numbers(query: QueryDict, names: tuple[str, ...]) -> dict[str, int]:
    """Return the whole numbers that must be given, or raise a problem that names everything wrong."""
    errors = _unknown(query, names)
    values = {}
    for name in names:
        text = query.get(name, "")
        if LEAVES.fullmatch(text):
            values[name] = int(text)
        else:
            errors.append(_error(name, "Give a whole number." if text else "This parameter is needed."))
    _refuse(errors)
    return values


def listing(query: QueryDict) -> Listing:
    """Return what the list is asked for, or raise a problem that names everything wrong with it."""
    errors = _unknown(query, LISTING)
    given = {name: values[-1] for name, values in query.lists() if name in LISTING and values}
    values: dict[str, Any] = {}
    readers = {"state": _state, "organization": _slug, "sort": _order, "limit": _limit}
    for name, text in given.items():
        try:
            if name in readers:
                values[name] = readers[name](text)
        except Fault as fault:
            errors.append(_error(name, fault.detail, fault.allowed))
    order = values.get("sort", Order.NEWEST)
    try:
        after = _place(given["cursor"], order) if "cursor" in given else None
    except cursors.BadCursor:
        errors.append(_error("cursor", "Not a cursor of this list and order. Follow links.next as it is."))
    _refuse(errors)
    size = values.get("limit", limits.API_LIMIT)
    return Listing(given, values.get("state"), values.get("organization"), order, size, after)


def cursor(place: Place, order: Order) -> str:
    """Return the cursor of the page that begins after this place."""
    return cursors.make(of=f"letters:{order}", value=place.value, pk=place.pk)


def problem(name: str, detail: str, allowed: list[str] | None = None) -> problems.Problem:
    """Return the problem with one parameter."""
    return problems.Problem(problems.INVALID_PARAMETER, errors=[_error(name, detail, allowed)])


def _unknown(query: QueryDict, allowed: tuple[str, ...]) -> list[dict[str, object]]:
    errors = []
    for name, values in query.lists():
        if name not in allowed:
            errors.append(_error(name[:NAME_SHOWN_MOST], "There is no such parameter here.", list(allowed)))
        elif len(values) > 1:
            errors.append(_error(name, "Give it once."))
    return errors


def _error(name: str, detail: str, allowed: list[str] | None = None) -> dict[str, object]:
    return {"parameter": name, "detail": detail, "allowed": allowed}


def _refuse(errors: list[dict[str, object]]) -> None:
    if errors:
        raise problems.Problem(problems.INVALID_PARAMETER, errors=errors)


def _state(text: str) -> Phase:
    if text not in STATES:
        raise Fault("Choose one of the allowed states.", list(STATES))
    return Phase(text)


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise Fault("Give the organization's slug, like night-rail.")
    return text


def _order(text: str) -> Order:
    if text not in set(Order):
        raise Fault("Choose one of the allowed orders.", list(Order))
    return Order(text)


def _limit(text: str) -> int:
    if not NUMBER.fullmatch(text) or not 1 <= int(text) <= limits.API_LIMIT_MOST:
        raise Fault(f"Give a whole number from 1 to {limits.API_LIMIT_MOST}.")
    return int(text)


def _place(text: str, order: Order) -> Place:
    read = cursors.read if order == Order.MOST_SIGNED else cursors.read_moment
    return Place(*read(text, of=f"letters:{order}"))
