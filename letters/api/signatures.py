"""The names under a letter, where its organization lets them out."""

from __future__ import annotations

import json
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import cursors, folding, limits
from letters.api import conditional, found, lists, parameters, problems, representations, values
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.lists import Listed
from letters.api.parameters import Given
from letters.api.shapes import signatures as shapes
from letters.api.values import Reader
from letters.enums import Method
from letters.models import Letter, Signature
from letters.queries import signatures
from letters.queries.signatures import EVERYONE, Order, Page, Place, Wanted

LISTING: Final[dict[str, Reader]] = {
    "q": values.words,
    "notable": values.one_of(["true"]),
    "order": values.one_of(list(Order)),
    "method": values.one_of(Method.values),
    "limit": values.limit,
    parameters.CURSOR: values.later,  # which list it is of is known when the letter is
}


@reading(shapes.LISTED, query=LISTING, budget=limits.NAMES)
def names(request: Request, asked: Given, slug: str) -> HttpResponse:
    """Public names, page by page."""
    now = timezone.now()
    letter = offered(slug)
    wanted, order = _wanted(asked), Order(asked.get("order", Order.NEWEST))
    of = list_of(letter, wanted, order)
    place = asked.words(of=of) if order == Order.NAME else asked.moment(of=of)

    def listed() -> Listed:
        page = signatures.wall(
            letter=letter,
            size=asked.get("limit", limits.API_LIMIT),
            after=Place(*place) if place else None,
            wanted=wanted,
            order=order,
        )
        total = letter.tally.public if wanted == EVERYONE else None
        return Listed(_rows(letter, page), total, letter.tally.as_of, _following(letter, asked, of, page))

    # Hiding a name moves no time that readers know: without a tag nobody is told that nothing changed.
    key = (*conditional.key(letter, at=now), sorted(asked.written.items()))
    response = lists.answer(
        request,
        Version(key, None, limits.NAMES_SHARED_SECONDS),
        listed,
        own=representations.address("api:signatures", letter.slug, query=asked.written),
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def shape(one: Signature, *, version: int, notable: bool) -> dict[str, object]:
    """Return one public name as readers get it; what its owner left empty is null."""
    return {
        "id": one.public_id,
        "name": one.name,
        "role": one.role or None,
        "affiliation": one.affiliation or None,
        "country": str(one.country) or None,
        "signed_on": one.counted_at.date().isoformat() if one.counted_at else None,
        "verified_by": one.method,
        "notable": notable,
        "language": one.language,
        "text_version": version,
    }


def offered(slug: str) -> Letter:
    """Return a letter whose names are given out as data. Raises a problem."""
    letter = found.number(slug=slug)
    if letter.names_in_api:
        return letter
    raise problems.Problem(
        problems.NAMES_NOT_OFFERED,
        reason="The organization shows the names of this letter on its page only.",
        names=representations.address("letters:names", letter.slug),
    )


def _wanted(asked: Given) -> Wanted:
    return Wanted(
        words=asked.get("q", ""), method=asked.get("method", ""), notable=asked.get("notable") is not None
    )


def list_of(letter: Letter, wanted: Wanted, order: Order) -> str:
    """Return what a cursor is bound to: these names of this letter in this order, however typed."""
    words = folding.sought(wanted.words)
    return "signatures:" + json.dumps([letter.public_id, words, wanted.method, wanted.notable, order])


def _following(letter: Letter, asked: Given, of: str, page: Page) -> str | None:
    cursor = cursors.make(of=of, value=page.after.value, pk=page.after.pk) if page.after else None
    return lists.following("api:signatures", letter.slug, given=asked.written, cursor=cursor)


def _rows(letter: Letter, page: Page) -> list[object]:
    versions = dict(letter.texts.values_list("pk", "version"))
    notable = signatures.notable(letter=letter)
    return [shape(one, version=versions[one.text_id], notable=one.pk in notable) for one in page.names]
