"""Changing a letter's row, and telling caches that what a reader sees of it has changed."""

from __future__ import annotations

from datetime import datetime

from letters import durable
from letters.models import Letter


def locked(*, letter: Letter) -> Letter:
    """Return a letter as it is stored, and hold its row until the transaction ends.

    Not FOR UPDATE: a signature refers to this row, and signing must not wait for us.
    """
    durable.demand()
    return Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)


def save(*, letter: Letter, fields: tuple[str, ...] = (), at: datetime) -> None:
    """Store some fields of a letter, and move its revision: every page about it is written anew."""
    durable.demand()
    letter.revision, letter.changed_at = letter.revision + 1, at
    letter.save(update_fields=(*fields, "revision", "changed_at"))
