"""What the organizer told those who signed, after they did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import cursors, limits
from letters.api import conditional, found, lists, moments, parameters, representations, values
from letters.api.door import reading
from letters.api.lists import Listed
from letters.api.parameters import Given
from letters.api.shapes import updates as shapes
from letters.api.values import Reader
from letters.models import Letter, Update
from letters.queries import updates as news

LISTING: Final[dict[str, Reader]] = {
    "limit": values.limit,
    parameters.CURSOR: values.later,  # which list it is of is known when the letter is
}


@reading(shapes.LISTED, query=LISTING)
def updates(request: Request, asked: Given, slug: str) -> HttpResponse:
    """The updates of a letter, the newest first."""
    now = timezone.now()
    letter = found.number(slug=slug)
    place, size = asked.number(of=_list_of(letter)), asked.get("limit", limits.API_LIMIT)

    def listed() -> Listed:
        known = news.of(letter=letter)
        rows = list(known.filter(number__lt=place[0])[: size + 1] if place else known[: size + 1])
        newest = news.newest(letter=letter) if place else next(iter(rows), None)
        cursor = _cursor(letter, rows[:size]) if len(rows) > size else None
        return Listed(
            rows=[_row(one) for one in rows[:size]],
            total=newest.number if newest else 0,  # they are numbered without a gap
            as_of=newest.published_at if newest else None,
            following=lists.following("api:updates", letter.slug, given=asked.written, cursor=cursor),
        )

    version = conditional.of_letter(letter, at=now, shared_seconds=limits.RECORD_SHARED_SECONDS)
    own = representations.address("api:updates", letter.slug, query=asked.written)
    return lists.answer(request, version, listed, own=own)


def _list_of(letter: Letter) -> str:
    return f"updates:{letter.public_id}"


def _cursor(letter: Letter, shown: Sequence[Update]) -> str:
    last = shown[-1]
    return cursors.make(of=_list_of(letter), value=last.number or 0, pk=last.pk)


def _row(one: Update) -> dict[str, object]:
    return {
        "number": one.number,
        "published_at": moments.iso_or_null(one.published_at),
        "language": one.language,
        "title": one.title,
        "body_markdown": one.body,
    }
