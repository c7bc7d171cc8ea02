"""What the files of a letter hold, piece by piece: a million names take no more memory than a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models.functions import TruncDate

from letters import limits
from letters.enums import Exported
from letters.models import Letter, Signature
from letters.models.signature import public_id
from letters.records import exports


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


class Private(NamedTuple):
    """One signature as its owner gave it and as it stands, without the address."""

    id: str
    name: str
    role: str
    affiliation: str
    country: str
    language: str
    state: str
    visibility: str
    wants_news: bool
    verified_by: str
    signed_at: datetime
    confirmed_at: datetime | None
    source: str
    text_version: int


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
    with _unless_left():
        for pk, text, name, role, affiliation, country, on, method in rows.iterator(limits.ROWS_OF_A_FILE):
            yield Name(name, role, affiliation, country, on, method, pk in notable, versions[text])


def private(*, letter: Letter, which: Exported, as_of: datetime) -> Iterator[Private]:
    """Yield signatures of a letter with what is private about them, as they were at one moment.

    The cursor stands on the server, as above.
    """
    rows = exports.rows(letter=letter, which=which, as_of=as_of).order_by("pk")
    said = rows.values_list(
        "uid", "name", "role", "affiliation", "country", "language", "state", "visibility", "updates",
        "method", "created_at", "confirmed_at", "source", "text__version",
    )  # fmt: skip
    with _unless_left():
        facts: list[Any]
        for uid, *facts in said.iterator(limits.ROWS_OF_A_FILE):
            yield Private(public_id(uid), *facts)


@contextmanager
def _unless_left() -> Iterator[None]:
    """Open a transaction that ends by itself when nobody takes the next rows.

    While it is open, PostgreSQL keeps every row that was deleted since it began.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            milliseconds = int(limits.READER_AWAY_MOST.total_seconds() * 1000)
            cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = {milliseconds}")
        yield
