"""What the files of a letter hold, piece by piece: a million names take no more memory than a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from typing import NamedTuple

from django.db import transaction
from django.db.models.functions import TruncDate

from letters import limits
from letters.models import Letter, Signature


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
