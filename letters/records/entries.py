"""Queueing what must become part of a letter's number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import connection

from letters import durable, limits
from letters.enums import EntryKind, Tallied
from letters.models import LedgerEntry, Signature

# Constant, as with the event and the reply: the ORM needs longer to write each than PostgreSQL to do it.
INSERT: Final = """
INSERT INTO letters_ledgerentry (kind, letter_id, signature_id, queued_at) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


def put(*, signature: Signature, at: datetime) -> None:
    """Have the next seal look at a signature. The caller holds its row; one entry is enough."""
    durable.demand()
    kind = _kind(signature)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [kind.value, signature.letter_id, signature.pk, at])


def put_all(*, signatures: Iterable[Signature], at: datetime) -> None:
    """Have the next seal look at many."""
    durable.demand()
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(kind=_kind(one), letter_id=one.letter_id, signature=one, queued_at=at)
            for one in signatures
        ),
        ignore_conflicts=True,
        batch_size=limits.ROWS_AT_ONCE,
    )


def _kind(signature: Signature) -> EntryKind:
    return EntryKind.SIGN if signature.tallied == Tallied.NOT else EntryKind.CHANGE
