"""Letters and their numbers."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from django.http import Http404, HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import cursors, limits
from letters.api import conditional, found, lists, parameters, representations, values
from letters.api.conditional import Version
from letters.api.door import reading, undescribed
from letters.api.lists import Listed
from letters.api.parameters import Given
from letters.api.shapes import counts, roots
from letters.api.shapes import letters as shapes
from letters.api.values import Reader
from letters.enums import Phase
from letters.queries import letters
from letters.queries.letters import Order, Page, Place

STATES: Final = (Phase.OPEN, Phase.PAUSED, Phase.CLOSED)
LISTING: Final[dict[str, Reader]] = {
    "state": values.one_of(STATES),
    "q": values.words,
    "organization": values.slug,
    "updated_since": values.moment,
    "lang": values.language,
    "sort": values.one_of(list(Order)),
    "limit": values.limit,
    parameters.CURSOR: values.later,  # which list it is of is known when the filters are
}
FILTERS: Final = ("state", "q", "organization", "updated_since")
IN_A_LANGUAGE: Final[dict[str, Reader]] = {"lang": values.language}


@reading(roots.ASKED)
def root(request: Request) -> HttpResponse:
    """Where to begin."""
    version = Version((representations.address("api:root"),), None, limits.LETTER_SHARED_SECONDS)
    return conditional.answer(request, version, representations.root)


@reading(shapes.LISTED, query=LISTING)
def listed(request: Request, asked: Given) -> HttpResponse:
    """Letters that have opened, page by page."""
    now = timezone.now()
    page = _page(asked, at=now)
    return lists.answer(
        request,
        conditional.of_page(page, at=now, shared_seconds=limits.LETTER_SHARED_SECONDS),
        lambda: Listed(
            rows=[representations.letter(one, at=now) for one in page.letters],
            total=page.total,
            as_of=max((one.tally.as_of for one in page.letters), default=None),
            following=lists.following("api:letters", given=asked.written, cursor=_cursor(asked, page)),
        ),
        own=representations.address("api:letters", query=asked.written),
    )


@reading(shapes.ONE, query=IN_A_LANGUAGE)
def letter(request: Request, asked: Given, slug: str) -> HttpResponse:
    """One letter."""
    now = timezone.now()
    one = found.letter(slug=slug, at=now, language=asked.get("lang", ""))
    version = conditional.of_letter(one.letter, at=now, shared_seconds=limits.LETTER_SHARED_SECONDS)
    return conditional.answer(request, version, lambda: {"data": representations.letter(one, at=now)})


@reading(counts.ASKED)
def count(request: Request, slug: str) -> HttpResponse:
    """The number of one letter: one SQL statement."""
    now = timezone.now()
    one = found.number(slug=slug)
    version = conditional.of_letter(one, at=now, shared_seconds=limits.COUNT_SHARED_SECONDS)
    return conditional.answer(request, version, lambda: representations.count(one))


@undescribed
def unknown(request: Request) -> HttpResponse:
    """Every other address under the API's."""
    raise Http404


def _page(asked: Given, *, at: datetime) -> Page:
    wanted = letters.Wanted(
        state=asked.get("state"),
        organization=asked.get("organization"),
        words=asked.get("q", ""),
        updated_since=asked.get("updated_since"),
    )
    order, size, language = _order(asked), asked.get("limit", limits.API_LIMIT), asked.get("lang", "")
    after = _place(asked, order)
    try:
        return letters.page(at=at, size=size, order=order, wanted=wanted, after=after, language=language)
    except letters.UnknownOrganization as error:
        detail = "No organization with a public letter has this slug."
        raise parameters.problem("organization", detail) from error


def _order(asked: Given) -> Order:
    return Order(asked.get("sort", Order.NEWEST))


def _list_of(asked: Given) -> str:
    """Return what a cursor is of: this order of what these filters leave."""
    return json.dumps(["letters", _order(asked), *(asked.written.get(name, "") for name in FILTERS)])


def _place(asked: Given, order: Order) -> Place | None:
    of = _list_of(asked)
    after = asked.number(of=of) if order == Order.MOST_SIGNED else asked.moment(of=of)
    return Place(*after) if after else None


def _cursor(asked: Given, page: Page) -> str | None:
    if page.after is None:
        return None
    return cursors.make(of=_list_of(asked), value=page.after.value, pk=page.after.pk)
