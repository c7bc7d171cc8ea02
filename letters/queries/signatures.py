"""Signatures: the wall of names, and one by its uid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, Func, Subquery, TextField, Value
from django.db.models.functions import Coalesce, StrIndex
from django.db.models.lookups import GreaterThan, LessThan

from letters import folding, limits
from letters.enums import ReasonDisplay
from letters.models import Letter, Signature
from letters.models.signature import SignatureQuerySet


@dataclass(frozen=True)
class Place:
    """Where a page of names begins: after this row, in the order of the wall."""

    counted_at: datetime
    pk: int


@dataclass(frozen=True)
class Page:
    """Some names of the wall and where it goes on."""

    names: list[Signature]
    after: Place | None


@dataclass(frozen=True)
class Wanted:
    """Which names of the wall: those with words that begin so, of a country, verified in a way."""

    words: str = ""
    country: str = ""
    method: str = ""


EVERYONE: Final = Wanted()
SHOWN: Final = (
    "uid", "name", "role", "affiliation", "country", "language", "method", "counted_at", "kind"
)  # fmt: skip
EARLIEST: Final = Value(datetime(1970, 1, 1, tzinfo=UTC), DateTimeField())
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


def wall(*, letter: Letter, size: int, after: Place | None = None, wanted: Wanted = EVERYONE) -> Page:
    """Return `size` public names, the newest first, by keyset: each page costs the same."""
    names = Signature.objects.filter(letter=letter).on_the_wall().order_by("-counted_at", "-pk").only(*SHOWN)
    if wanted.country:
        names = names.filter(country=wanted.country)
    if wanted.method:
        names = names.filter(method=wanted.method)
    if after:
        # One comparison of rows, so that the index goes to the place also among many of one moment.
        names = names.filter(
            LessThan(_row("counted_at", "pk"), _row(Value(after.counted_at), Value(after.pk)))
        )
    rows = _search(letter, names, wanted.words, size + 1) if wanted.words else list(names[: size + 1])
    more = len(rows) > size and rows[size - 1].counted_at
    return Page(rows[:size], Place(more, rows[size - 1].pk) if more else None)


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


def reasons(*, letter: Letter, size: int) -> list[Signature]:
    """Return the newest `size` reasons that a person has read and let through."""
    shown = Signature.objects.filter(letter=letter, reason_display=ReasonDisplay.SHOWN).on_the_wall()
    return list(shown.order_by("-counted_at", "-pk").only(*SHOWN, "reason")[:size])


def by_uid(*, uid: UUID) -> Signature | None:
    """Return one signature with its letter and text."""
    rows = Signature.objects.select_related("letter__organization", "letter__tally", "text")
    return rows.filter(uid=uid).first()


def _row(*parts: str | Value) -> Func:
    return Func(*parts, function="ROW", output_field=TextField())


def _search(letter: Letter, names: SignatureQuerySet, words: str, most: int) -> list[Signature]:
    """Return the newest `most` of these names that hold all the words.

    PostgreSQL cannot know whether a word stands among the newest names or only among the oldest: it
    would read a million on the way there, or collect a hundred thousand for a page of the newest. So
    the newest are read through, and only if they hold too few the index of words collects all.
    """
    folded = folding.sought(words)
    if not folded:
        return []
    nearby = names.filter(*(GreaterThan(StrIndex("search_name", Value(word)), 0) for word in folded))
    if letter.tally.public <= limits.SEARCHED_AT_ONCE:
        return list(nearby[:most])
    last = names.values("counted_at")[limits.SEARCHED_AT_ONCE : limits.SEARCHED_AT_ONCE + 1]
    found = list(nearby.filter(counted_at__gte=Coalesce(Subquery(last), EARLIEST))[:most])
    if len(found) == most:
        return found
    for word in folded:
        names = names.filter(search_name__contains=word)
    moment = ExpressionWrapper(F("counted_at") + Value(timedelta(0)), DateTimeField())
    return list(names.order_by(moment.desc(), "-pk")[:most])  # an order that no index has
