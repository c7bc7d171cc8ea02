"""What every list answers alike: its rows, where it goes on, how many there are, and as of when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from letters.api import conditional, moments, parameters, representations
from letters.api.conditional import Version


@dataclass(frozen=True)
class Listed:
    """One page of a list; `following` is the address of the next one, None after the last.

    `total` is None where nobody knows it without counting.
    """

    rows: Sequence[object]
    total: int | None
    as_of: datetime | None
    following: str | None = None


def following(view: str, *parts: str, given: Mapping[str, str], cursor: str | None) -> str | None:
    """Return the address of the next page of a list; None after the last one."""
    if cursor is None:
        return None
    return representations.address(view, *parts, query={**given, parameters.CURSOR: cursor})


def answer(request: Request, version: Version, listed: Callable[[], Listed], *, own: str) -> HttpResponse:
    """Return a page of a list, or 304; `own` is its address.

    Nothing is looked up for a reader who has the page, or who cannot pay for it.
    """

    def body() -> Response:
        page = listed()
        response = Response(
            {
                "data": page.rows,
                "links": {"self": own, "next": page.following},
                "meta": {"total": page.total, "as_of": moments.iso_or_null(page.as_of)},
            }
        )
        if page.following:
            response["Link"] = f'<{page.following}>; rel="next"'
        return response

    return conditional.answer(request, version, body)
