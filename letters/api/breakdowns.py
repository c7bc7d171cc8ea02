"""The number of a letter by country and by affiliation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse
from django.utils import translation
from django_countries import countries as known
from rest_framework.request import Request

from letters import limits
from letters.api import conditional, found, moments, problems
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.shapes import breakdowns as shapes
from letters.models import Breakdown, Letter
from letters.queries import breakdowns

NOT_YET: Final = "This letter is counted by country and affiliation in some seconds, for the first time."
RETRY: Final = {"Retry-After": str(int(limits.BREAKDOWN_LEAST.total_seconds()))}


@reading(shapes.COUNTRIES_ASKED)
def countries(request: Request, slug: str) -> HttpResponse:
    """From where people signed, as they stated."""
    one = of(found.number(slug=slug))
    return conditional.answer(
        request,
        _version(one, "countries", one.countries, one.countries_other, one.countries_not_stated),
        lambda: {
            "as_of": moments.iso(one.as_of),
            **table(one.countries, one.countries_other, one.countries_not_stated),
        },
    )


@reading(shapes.AFFILIATIONS_ASKED)
def affiliations(request: Request, slug: str) -> HttpResponse:
    """Where those work or study whose names are public, as they stated."""
    one = of(found.number(slug=slug))
    rows, other, not_stated = one.affiliations, one.affiliations_other, one.affiliations_not_stated
    return conditional.answer(
        request,
        _version(one, "affiliations", rows, other, not_stated),
        lambda: {
            "as_of": moments.iso(one.as_of),
            "stated": _sum(rows) + other,
            "not_stated": not_stated,
            "affiliations": [{"name": name, "confirmed": number} for name, number in rows],
            "other": other,
            "as_stated": True,
        },
    )


def of(letter: Letter) -> Breakdown:
    """Return how the number of a letter was broken down last. Raises a problem."""
    one = breakdowns.find(letter=letter)
    if one is None:
        raise problems.Problem(problems.UNAVAILABLE, headers=RETRY, detail=NOT_YET)
    return one


def table(cells: Iterable[Sequence[object]], other: int, not_stated: int) -> dict[str, object]:
    """Return countries by code and number as readers get them, with their names in English."""
    rows = list(cells)
    with translation.override("en"):
        named = [{"code": code, "name": known.name(str(code)), "confirmed": number} for code, number in rows]
    return {
        "stated": _sum(rows) + other,
        "not_stated": not_stated,
        "countries": named,
        "other": other,
        "as_stated": True,
    }


def _sum(cells: Iterable[Sequence[object]]) -> int:
    return sum(int(str(number)) for _name, number in cells)


def _version(one: Breakdown, what: str, *numbers: object) -> Version:
    key = (one.letter.public_id, what, one.as_of.isoformat(), *numbers)
    return Version(key, one.made_at, limits.RECORD_SHARED_SECONDS)
