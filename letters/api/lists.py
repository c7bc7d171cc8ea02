"""What every list answers alike: its rows, where it goes on, how many there are, and as of when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.http import HttpResponse
from rest_framework.request import Request

from letters.api import conditional, moments, parameters, representations
from letters.api.conditional import Version


def following(view: str, slug: str, given: Mapping[str, str], cursor: str | None) -> str | None:
    """Return the address of the next page of a list about a letter; None after the last one."""
    if cursor is None:
        return None
    return representations.address(view, slug, query={**given, parameters.CURSOR: cursor})


def answer(
    request: Request,
    version: Version,
    rows: Callable[[], Sequence[object]],
    *,
    links: tuple[str, str | None],
    total: int | None,
    as_of: datetime | None,
) -> HttpResponse:
    """Return a page of a list, or 304. `links` are its own address and the next page's.

    `total` is None where nobody knows it without counting.
    """
    own, after = links

    def body() -> dict[str, object]:
        return {
            "data": rows(),
            "links": {"self": own, "next": after},
            "meta": {"total": total, "as_of": moments.iso_or_null(as_of)},
        }

    response = conditional.answer(request, version, body)
    if after:
        response["Link"] = f'<{after}>; rel="next"'
    return response
