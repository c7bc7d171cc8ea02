"""How a day left the number of a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters.models import Checkpoint, Correction, Snapshot
from letters.web import snapshots
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State

DAY: Final = cast.AS_OF.date()
COUNTRIES: Final = {"DE": 3_120, "BE": 1_904, "FR": 877, "NL": 412, "BA": 31, "PT": 10}
WRONG: Final = (
    "Twelve signatures came from one script. They were removed on 20 March: without them it is less."
)


def _record(
    *,
    day: date = DAY,
    count: int = cast.COUNT,
    countries: Mapping[str, int] = COUNTRIES,
    later: int = 0,
    wrong: Sequence[str] = (),
) -> Show:
    """Return the page of the record of DAY, read for `day`; its countries were counted `later` (seconds)."""

    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found()
        tally = cast.tally(cast.letter(), count)
        state = Checkpoint(letter=found.letter, size=tally.size, root=bytes(32), at=tally.as_of, texts=1)
        state.parts = tally.parts()
        stated = sum(countries.values())
        snapshot = Snapshot(
            letter=found.letter,
            day=DAY,
            checkpoint=state,
            text=found.text,
            countries=countries,
            other=214 if countries else 0,
            not_stated=max(0, count - stated - 214),
            countries_as_of=tally.as_of + timedelta(seconds=later),
        )
        said = [Correction(wrong=one, said_by="Ada Adeyemi", at=tally.as_of) for one in wrong]
        return snapshots.show(request, found, snapshot, day=day, corrections=said)

    return show


def _absent(*, days: int) -> Show:
    """Return the page of a day without a record, so many days from now."""

    def show(request: HttpRequest) -> HttpResponse:
        return snapshots.show_absent(request, cast.found(), timezone.now().date() + timedelta(days=days))

    return show


STATES: Final = (
    State("day", _record()),
    State("day-countries-later", _record(later=301)),
    State("day-corrected", _record(wrong=[WRONG])),
    State("day-closed-and-quiet", _record(day=DAY + timedelta(days=3))),
    State("day-nobody", _record(count=0, countries={})),
    State("day-not-over", _absent(days=0), 404),
    State("day-without-a-record", _absent(days=-400), 404),
)
