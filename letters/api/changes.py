"""What was added to the list of a letter and taken from it, day by day, without a name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import cursors, limits
from letters.api import conditional, found, lists, parameters, representations, values
from letters.api.door import reading
from letters.api.lists import Listed
from letters.api.parameters import Given
from letters.api.shapes import changes as shapes
from letters.api.values import Reader
from letters.enums import Interval
from letters.models import Letter
from letters.queries import changes as record
from letters.queries import series
from letters.queries.changes import Day, Page

DAY: Final = timedelta(days=1)
LISTING: Final[dict[str, Reader]] = {
    "from": values.day,
    "to": values.day,
    "limit": values.limit,
    parameters.CURSOR: values.later,  # which list it is of is known when the letter is
}


@reading(shapes.LISTED, query=LISTING)
def changes(request: Request, asked: Given, slug: str) -> HttpResponse:
    """The days (UTC) on which something changed, the newest first."""
    now = timezone.now()
    letter = found.number(slug=slug)
    before = _before(asked, letter)
    open_from = series.open_from(letter=letter, interval=Interval.DAY, at=now).date()
    parts = (f"{name}={text}" for name, text in sorted(asked.written.items()))
    seconds = limits.RECORD_SHARED_SECONDS
    version = conditional.of_series(letter, "changes", *parts, at=now, shared_seconds=seconds)

    def listed() -> Listed:
        size = asked.get("limit", limits.API_LIMIT)
        page = record.page(letter=letter, before=before, since=asked.get("from"), size=size)
        cursor = _cursor(letter, page)
        return Listed(
            rows=[_row(day, open_from) for day in page.days],
            total=None,
            as_of=page.as_of or letter.tally.as_of,
            following=lists.following("api:changes", letter.slug, given=asked.written, cursor=cursor),
        )

    own = representations.address("api:changes", letter.slug, query=asked.written)
    return lists.answer(request, version, listed, own=own)


def _before(asked: Given, letter: Letter) -> date | None:
    """Return before which day the page lies. Raises a problem."""
    first, last = asked.get("from"), asked.get("to")
    if first and last and first > last:
        raise parameters.problem("from", "Give a day that is not after that of `to`.")
    place = asked.moment(of=_list_of(letter))
    if place:
        return place[0].date()
    return last + DAY if last and last < date.max else None


def _list_of(letter: Letter) -> str:
    return f"changes:{letter.public_id}"


def _cursor(letter: Letter, page: Page) -> str | None:
    if page.before is None:
        return None
    return cursors.make(of=_list_of(letter), value=datetime.combine(page.before, time(), UTC), pk=0)


def _row(day: Day, open_from: date) -> dict[str, object]:
    """Return one day. `new` less `withdrawn` less `removed` is by what the number moved."""
    return {
        "date": day.start.date().isoformat(),
        "new": day.new,
        "withdrawn": day.withdrawn,
        "removed": day.net_removed,
        "total": day.total,
        "final": day.start.date() < open_from,
        "removals": [{"reason": reason, "number": day.removed[reason]} for reason in sorted(day.removed)],
        "restored": day.restored,
        "lost": day.lost,
    }
