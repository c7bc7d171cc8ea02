"""Signatures: the wall of names, and one by its uid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, Func, Subquery, TextField, Value
from django.db.models.expressions import Combinable, Expression, OrderBy
from django.db.models.functions import Coalesce, Concat, StrIndex
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual

from letters import folding, limits
from letters.enums import ReasonDisplay
from letters.models import Feature, Letter, Signature
from letters.models.signature import SignatureQuerySet
from letters.models.signature_rules import NAME_SORTED


class Order(StrEnum):
    """How names are sorted. The values are the API's words."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


@dataclass(frozen=True)
class Place:
    """Where a page of names begins: after the row with this value (what it is sorted by) and id."""

    value: datetime | str
    pk: int


@dataclass(frozen=True)
class Page:
    """Some names of the wall and where it goes on."""

    names: list[Signature]
    after: Place | None


@dataclass(frozen=True)
class Wanted:
    """Which names of the wall: those with words that begin so, of a country, verified in a way.

    `notable` are those whom a person has checked and who stand first.
    """

    words: str = ""
    country: str = ""
    method: str = ""
    notable: bool = False


@dataclass(frozen=True)
class Sorting:
    """What names are sorted by, the same as no index has it, and what no name comes after."""

    by: Expression | F
    aside: Expression | F
    end: Value
    falls: bool

    def order(self, value: Expression | F) -> tuple[OrderBy, OrderBy]:
        """Return the order by this value, and among equals by the id."""
        if self.falls:
            return value.desc(), F("pk").desc()
        return value.asc(), F("pk").asc()


EVERYONE: Final = Wanted()
SHOWN: Final = (
    "uid", "name", "role", "affiliation", "country", "language", "method", "counted_at", "kind"
)  # fmt: skip
MOMENT: Final = DateTimeField()
SAME_MOMENT: Final = ExpressionWrapper(F("counted_at") + Value(timedelta(0)), MOMENT)
EARLIEST: Final = Value(datetime(1970, 1, 1, tzinfo=UTC), MOMENT)
LATEST: Final = Value(datetime.max.replace(tzinfo=UTC), MOMENT)
SORTINGS: Final = {
    Order.NEWEST: Sorting(F("counted_at"), SAME_MOMENT, EARLIEST, falls=True),
    Order.OLDEST: Sorting(F("counted_at"), SAME_MOMENT, LATEST, falls=False),
    Order.NAME: Sorting(NAME_SORTED, Concat(NAME_SORTED, Value("")), Value("\U0010ffff"), falls=False),
}
# Asking for distinct countries would read every name.
COUNTRIES: Final = """
WITH RECURSIVE standing(country) AS (
  SELECT ''::varchar
  UNION ALL
  SELECT (
    SELECT min(country) FROM letters_signature
    WHERE letter_id = %(letter)s AND country > standing.country
      AND state = 'confirmed' AND display = 'shown' AND counted_at IS NOT NULL
  ) FROM standing WHERE country IS NOT NULL
) SELECT country FROM standing WHERE country > ''
"""


def wall(
    *,
    letter: Letter,
    size: int,
    after: Place | None = None,
    wanted: Wanted = EVERYONE,
    order: Order = Order.NEWEST,
) -> Page:
    """Return `size` public names by keyset: each page costs the same.

    Names are sorted as they are written, whatever their case and accents.
    """
    sorting = SORTINGS[order]
    names = _those(letter, wanted).order_by(*sorting.order(sorting.by))
    if after:
        # One comparison of rows, so that the index goes to the place also among many of one moment.
        beyond = LessThan if sorting.falls else GreaterThan
        names = names.filter(beyond(_row(sorting.by, F("pk")), _row(Value(after.value), Value(after.pk))))
    rows = _search(letter, names, wanted.words, size + 1, sorting) if wanted.words else names[: size + 1]
    shown = list(rows)
    return Page(shown[:size], _place(shown[size - 1], order) if len(shown) > size else None)


def countries(*, letter: Letter) -> list[str]:
    """Return the codes of the countries that stand on the wall, a step in the index for each."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTRIES, {"letter": letter.pk})
        return [row[0] for row in cursor.fetchall()]


def first(*, letter: Letter, size: int, besides: Sequence[Signature] = ()) -> list[Signature]:
    """Return the first `size` people whose names are shown, in the order in which they signed.

    Those in `besides` stand somewhere else already.
    """
    if size <= 0:
        return []
    names = Signature.objects.filter(letter=letter).on_the_wall().order_by("counted_at", "pk").only(*SHOWN)
    return list(names.exclude(pk__in=[one.pk for one in besides])[:size])


def featured(*, letter: Letter, size: int) -> list[Signature]:
    """Return those whom a person has checked, each with its `feature`, in the organizer's order.

    Whoever is not on the wall is not among them: what was checked does not bring a hidden name back.
    """
    # The letter is named by way of the feature alone, so that nothing but these few rows is read.
    names = Signature.objects.filter(feature__letter=letter).on_the_wall().select_related("feature")
    return list(names.order_by("feature__position")[:size])


def notable(*, letter: Letter) -> set[int]:
    """Return the ids of those whom a person has checked, whether or not they are on the wall."""
    return set(Feature.objects.filter(letter=letter).values_list("signature_id", flat=True))


def reasons(*, letter: Letter, size: int) -> list[Signature]:
    """Return the newest `size` reasons that a person has read and let through."""
    shown = Signature.objects.filter(letter=letter, reason_display=ReasonDisplay.SHOWN).on_the_wall()
    return list(shown.order_by("-counted_at", "-pk").only(*SHOWN, "reason")[:size])


def by_uid(*, uid: UUID) -> Signature | None:
    """Return one signature with its letter and text."""
    rows = Signature.objects.select_related("letter__organization", "letter__tally", "text")
    return rows.filter(uid=uid).first()


def _those(letter: Letter, wanted: Wanted) -> SignatureQuerySet:
    if wanted.notable:
        # By way of the few features alone, as in `featured`.
        names = Signature.objects.filter(feature__letter=letter)
    else:
        names = Signature.objects.filter(letter=letter)
    if wanted.country:
        names = names.filter(country=wanted.country)
    if wanted.method:
        names = names.filter(method=wanted.method)
    return names.on_the_wall().only(*SHOWN, "search_name", "text")


def _place(last: Signature, order: Order) -> Place | None:
    if order == Order.NAME:
        return Place(last.search_name[: limits.NAME_SORTED_BY], last.pk)
    return Place(last.counted_at, last.pk) if last.counted_at else None


def _row(*parts: Combinable) -> Func:
    return Func(*parts, function="ROW", output_field=TextField())


def _search(
    letter: Letter, names: SignatureQuerySet, words: str, most: int, sorting: Sorting
) -> Sequence[Signature]:
    """Return the first `most` of these names that hold all the words.

    PostgreSQL cannot know whether a word stands among the first names or only among the last: it
    would read a million on the way there, or collect a hundred thousand for one page. So the first
    are read through, and only if they hold too few the index of words collects all.
    """
    folded = folding.sought(words)
    if not folded:
        return []
    nearby = names.filter(*(GreaterThan(StrIndex("search_name", Value(word)), 0) for word in folded))
    if letter.tally.public <= limits.SEARCHED_AT_ONCE:
        return list(nearby[:most])
    last = names.values_list(sorting.by)[limits.SEARCHED_AT_ONCE : limits.SEARCHED_AT_ONCE + 1]
    within = GreaterThanOrEqual if sorting.falls else LessThanOrEqual
    found = list(nearby.filter(within(sorting.by, Coalesce(Subquery(last), sorting.end)))[:most])
    if len(found) == most:
        return found
    for word in folded:
        names = names.filter(search_name__contains=word)
    return list(names.order_by(*sorting.order(sorting.aside))[:most])
