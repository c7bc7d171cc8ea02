"""What the files of a letter hold, piece by piece: a million names take no more memory than a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models.functions import TruncDate

from letters import limits
from letters.enums import Interval
from letters.models import Letter, Signature, TallyPoint

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """What one day (UTC) changed and where the number stood at its end; `final` if that is for good."""

    start: date
    new: int
    withdrawn: int
    removed: int
    total: int
    final: bool


class Name(NamedTuple):
    """One public name, as its owner gave it."""

    name: str
    role: str
    affiliation: str
    country: str
    signed_on: date
    method: str
    notable: bool
    version: int


def days(*, letter: Letter, at: datetime) -> list[Day]:
    """Return each day of a letter up to its tally, oldest first, quiet days included.

    The letter is given the tally to which the days add up: both are read at one moment.
    """
    rows = TallyPoint.objects.filter(letter=letter, interval=Interval.DAY).order_by("start")
    points = {point.start.date(): point for point in rows.select_related("letter__tally")}
    if not points:
        return []
    letter.tally = next(iter(points.values())).letter.tally
    found: list[Day] = []
    day, total, last = min(points), 0, letter.tally.as_of.date()
    while day <= last:
        point = points.get(day)
        total = point.total if point else total
        changes = (point.new, point.withdrawn, point.removed) if point else (0, 0, 0)
        found.append(Day(day, *changes, total, day < final_before(letter=letter, at=at)))
        day += DAY
    return found


def final_before(*, letter: Letter, at: datetime) -> date:
    """Return the first day of a letter whose number may still change."""
    # Time never goes back in a tally; one that is being made may still be dated before midnight.
    return max(letter.tally.as_of, at - limits.SEALED_WITHIN).astimezone(UTC).date()


def names(*, letter: Letter) -> Iterator[Name]:
    """Yield the public names of a letter up to its tally, in the order in which they were counted.

    They are as they were at one moment: the cursor stands on the server, in a transaction that ends with it.
    """
    versions = dict(letter.texts.values_list("pk", "version"))
    signed = Signature.objects.filter(letter=letter, counted_at__lte=letter.tally.as_of).on_the_wall()
    notable = set(signed.filter(feature__letter=letter).values_list("pk", flat=True))
    day = TruncDate("counted_at", tzinfo=UTC)
    rows = signed.order_by("counted_at", "pk").values_list(
        "pk", "text_id", "name", "role", "affiliation", "country", day, "method"
    )
    with transaction.atomic():
        for pk, text, name, role, affiliation, country, on, method in rows.iterator(limits.ROWS_OF_A_FILE):
            yield Name(name, role, affiliation, country, on, method, pk in notable, versions[text])
