"""Loading invented signatories, for the demo and for measuring. Never used for real people."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from letters import durable, folding
from letters.demo.people import Person
from letters.enums import Display, EntryKind, EventName, SignatureState, Visibility
from letters.models import LetterText
from letters.records import events

SIGNATURE_COLUMNS: Final = (
    "id", "uid", "letter_id", "text_id", "kind", "name", "search_name", "role", "affiliation", "country",
    "language", "visibility", "display", "state", "method", "evidence", "email_key", "updates",
    "consent_version", "source", "form_key", "created_at", "confirmed_at", "commitment",
)  # fmt: skip
ENTRY_COLUMNS: Final = ("letter_id", "kind", "signature_id", "queued_at")
NEXT_IDS: Final = "SELECT nextval('letters_signature_id_seq') FROM generate_series(1, %s)"


def load(*, text: LetterText, people: Sequence[Person], seed: str, first: int, at: datetime) -> None:
    """Store confirmed signatures without addresses and queue them for counting, by COPY.

    `seed` and `first`, the running number of the first of `people`, make uids and mailbox keys
    the same on every run. No mail leaves: there is no address to send it to.
    """
    with durable.commit(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")  # invented people may be invented again
        cursor.execute(NEXT_IDS, [len(people)])
        ids = [row[0] for row in cursor.fetchall()]
        rows = [
            _row(pk, text, person, hashlib.sha256(f"{seed}:{number}".encode()).digest(), at)
            for number, (pk, person) in enumerate(zip(ids, people, strict=True), first)
        ]
        _copy(cursor, "letters_signature", SIGNATURE_COLUMNS, rows)
        entries = [(text.letter_id, str(EntryKind.SIGN), pk, at) for pk in ids]
        _copy(cursor, "letters_ledgerentry", ENTRY_COLUMNS, entries)
        events.record(
            name=EventName.SIGNATURES_LOADED,
            subject=text.letter.public_id,
            by=events.SYSTEM,
            at=at,
            data={"signatures": len(people)},
        )


def _row(pk: int, text: LetterText, person: Person, key: bytes, at: datetime) -> tuple[Any, ...]:
    display = Display.SHOWN if person.visibility == Visibility.PUBLIC else Display.PRIVATE
    return (
        pk, key.hex()[:32], text.letter_id, text.pk, person.kind, person.name,
        folding.fold(person.name), person.role,
        person.affiliation, person.country, person.language, person.visibility, str(display),
        str(SignatureState.CONFIRMED), person.method, "", key, False, 1, "seed", "", at, at,
        secrets.token_bytes(32),  # a commitment whose salt is forgotten: there is nobody to open it
    )  # fmt: skip


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
