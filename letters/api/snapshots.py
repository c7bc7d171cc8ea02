"""How each day left the number of a letter: records that nothing changes later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import citations, cursors, limits
from letters.api import (
    breakdowns,
    conditional,
    found,
    lists,
    moments,
    parameters,
    problems,
    representations,
    values,
)
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.lists import Listed
from letters.api.parameters import Given
from letters.api.shapes import snapshots as shapes
from letters.api.values import Fault, Reader
from letters.models import Letter, Snapshot
from letters.queries import snapshots, tallies

ABSENT: Final = (
    "This day has no record. A day has one from five minutes after its end (UTC), beginning with the day "
    "on which the letter was published."
)
LISTING: Final[dict[str, Reader]] = {
    "limit": values.limit,
    parameters.CURSOR: values.later,  # which list it is of is known when the letter is
}


@reading(shapes.LISTED, query=LISTING)
def listed(request: Request, asked: Given, slug: str) -> HttpResponse:
    """The records of a letter, the newest first."""
    letter = found.number(slug=slug)
    of, size = f"snapshots:{letter.public_id}", asked.get("limit", limits.API_LIMIT)
    place, known = asked.moment(of=of), snapshots.of(letter=letter)
    rows = list((known.filter(day__lt=place[0].date()) if place else known)[: size + 1])
    shown, as_of = rows[:size], letter.tally.as_of
    cursor = _cursor(of, shown[-1]) if len(rows) > size else None
    key = (*_key(letter), as_of.isoformat(), len(rows) > size, *(one.pk for one in shown))
    return lists.answer(
        request,
        Version(key, None, limits.RECORD_SHARED_SECONDS),
        lambda: Listed(
            rows=[_shape(letter, one, one.day) for one in shown],
            total=None,
            as_of=as_of,
            following=lists.following("api:snapshots", letter.slug, given=asked.written, cursor=cursor),
        ),
        own=representations.address("api:snapshots", letter.slug, query=asked.written),
    )


@reading(shapes.ONE)
def snapshot(request: Request, slug: str, date: str) -> HttpResponse:
    """The record that says how a day left the number."""
    letter, one, day = _found(slug, date)
    version = Version((*_key(letter), one.pk, date), one.frozen_at, limits.RECORD_SHARED_SECONDS)
    return conditional.for_good(
        conditional.answer(request, version, lambda: _shape(letter, one, day)),
    )


@reading(shapes.CORRECTIONS)
def corrections(request: Request, slug: str, date: str) -> HttpResponse:
    """What was found wrong with a record."""
    letter, one, _day = _found(slug, date)
    known = snapshots.corrections(snapshot=one)
    changed_at = known[-1].at if known else one.frozen_at
    version = Version((*_key(letter), one.pk, date, len(known)), changed_at, limits.RECORD_SHARED_SECONDS)
    return lists.answer(
        request,
        version,
        lambda: Listed(
            rows=[{"at": moments.iso(row.at), "wrong": row.wrong, "said_by": row.said_by} for row in known],
            total=len(known),
            as_of=changed_at,
        ),
        own=representations.address("api:corrections", letter.slug, date),
    )


def _found(slug: str, written: str) -> tuple[Letter, Snapshot, date]:
    """Return a letter, the record of a day, and the day. Raises a problem."""
    letter = found.number(slug=slug)
    try:
        day: date = values.day(written)
    except Fault as fault:
        raise problems.Problem(problems.NOT_FOUND) from fault
    one = snapshots.of_day(letter=letter, day=day, at=timezone.now())
    if one is None:
        raise problems.Problem(problems.NOT_FOUND, detail=ABSENT)
    return letter, one, day


def _key(letter: Letter) -> tuple[str, ...]:
    """Return what stands in a record and is not of it: what the letter and its organization are called."""
    return (letter.public_id, letter.slug, letter.organization.name, letter.time_zone)


def _cursor(of: str, last: Snapshot) -> str:
    return cursors.make(of=of, value=datetime.combine(last.day, time(), UTC), pk=last.pk)


def _shape(letter: Letter, one: Snapshot, day: date) -> dict[str, object]:
    """Return the record of a day, with the fields of the count that it was."""
    letter.tally = tallies.at_checkpoint(letter=letter, checkpoint=one.checkpoint)
    counted: dict[str, Any] = representations.count(letter)
    page = representations.address("letters:as_of", letter.slug, day.isoformat())
    at = representations.address("letters:at", letter.slug, str(one.checkpoint.size))
    return {
        "letter": counted.pop("letter"),
        "date": day.isoformat(),
        **counted,
        "ledger": {"size": one.checkpoint.size, "root": counted["ledger"]["root"], "at": at},
        "cite": citations.sentence(
            count=letter.tally.count,
            as_of=letter.tally.as_of,
            time_zone=letter.time_zone,
            organization=letter.organization.name,
            url=page,
        ),
        "text": {"version": one.text.version, "sha256": one.text.h},
        "countries": {
            "as_of": moments.iso(one.countries_as_of),
            **breakdowns.table(_largest_first(one.countries), one.other, one.not_stated),
        },
        "frozen_at": moments.iso(one.frozen_at),
        "links": {
            "self": representations.address("api:snapshot", letter.slug, day.isoformat()),
            "page": page,
            "corrections": representations.address("api:corrections", letter.slug, day.isoformat()),
        },
    }


def _largest_first(countries: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(countries.items(), key=lambda row: (-row[1], row[0]))
