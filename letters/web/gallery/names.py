"""The list of names."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters.queries.signatures import Wanted
from letters.web import names
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State

CODES: Final = ("BE", "CN", "DE", "GR", "JO", "VN")


def _names(most: int, *, count: int = cast.COUNT, more: bool = False, featured: int = 0, **page: Any) -> Show:
    """Return a page with `most` names of a letter that `count` signed."""

    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(count=count)
        wall = cast.wall(found.letter, most, more=more)
        codes = CODES if found.tally.public else ()
        checked = cast.featured(found.letter, featured)
        return names.show(request, found, wall, codes=codes, featured=checked, **page)

    return show


def _all_private(request: HttpRequest) -> HttpResponse:
    found = cast.found(count=7)
    found.tally.public, found.tally.private = 0, 7
    return names.show(request, found, cast.wall(found.letter, 0), codes=())


STATES: Final = (
    State("names", _names(100, more=True)),
    State("names-featured", _names(12, featured=5)),
    State("names-few", _names(9, count=9)),
    State("names-next-page", _names(100, more=True, is_first=False)),
    State("names-last-page", _names(12, is_first=False)),
    State("names-past-the-end", _names(0, is_first=False)),
    State("names-none-yet", _names(0, count=0)),
    State("names-all-private", _all_private),
    State("names-one-found", _names(1, wanted=Wanted("ines"))),
    State("names-found", _names(12, wanted=Wanted("an", "DE", "email"))),
    State("names-more-found", _names(100, more=True, wanted=Wanted(country="VN"))),
    State("names-more-found-next", _names(12, wanted=Wanted("ليلى"), is_first=False)),
    State("names-not-found", _names(0, wanted=Wanted("xylophon"))),
    State("names-not-found-long", _names(0, wanted=Wanted("Donaudampfschifffahrt" * 5))),
    State("names-not-found-country", _names(0, wanted=Wanted(country="FR"))),
)
