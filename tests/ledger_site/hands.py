"""Somebody with a shell on the database: past the triggers, past the services, with or without the key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.types.json import Jsonb

from letters.models import Checkpoint
from tests.ledger_site import changes
from tests.ledger_site.life import Life
from tests.verify import forge
from tests.verify.forge import Forge

TABLES = (
    "letters_leaf", "letters_ledgernode", "letters_checkpoint", "letters_checkpointsignature",
    "letters_lettertext",
)  # fmt: skip
TALLY = """
UPDATE letters_tally SET size = %s, root = %s, as_of = %s,
signed = %s, withdrawn = %s, removed = %s, lost = %s, count = %s,
persons = %s, organizations = 0, public = %s, private = 0, erased_counted = 0, by_email = %s,
by_institution = 0, by_orcid = 0, by_openid = 0, by_checked = 0, revision = revision + 1 WHERE letter_id = %s
"""


@contextmanager
def past_the_triggers() -> Iterator[None]:
    """Switch off what protects the tables that only grow, as their owner can."""
    for word in ("DISABLE", "ENABLE"):
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")
        if word == "DISABLE":
            yield


def run(statement: str, *values: object) -> int:
    """Run a statement past the triggers; return how many rows it changed."""
    with past_the_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def put_leaves(life: Life, made: Forge) -> None:
    """Put other leaves into the table, and the hashes over them."""
    run("DELETE FROM letters_leaf WHERE letter_id = %s", life.letter.pk)
    run("DELETE FROM letters_ledgernode WHERE letter_id = %s", life.letter.pk)
    with past_the_triggers(), connection.cursor() as cursor:
        insert = "INSERT INTO letters_leaf (letter_id, index, data) VALUES (%s, %s, %s)"
        cursor.executemany(insert, [(life.letter.pk, at, leaf) for at, leaf in enumerate(made.leaves)])
        insert = "INSERT INTO letters_ledgernode (letter_id, level, index, hash) VALUES (%s, 1, %s, %s)"
        whole = len(made.leaves) // 256
        roots = [forge.root_of(made.hashes[at * 256 : at * 256 + 256]) for at in range(whole)]
        cursor.executemany(insert, [(life.letter.pk, at, root) for at, root in enumerate(roots)])


def put_state(life: Life, made: Forge, note: str, vkeys: list[str] | None = None) -> None:
    """Make newest checkpoint, note and number in the tables fit other leaves."""
    size, root = len(made.leaves), forge.root_of(made.hashes)
    newest = Checkpoint.objects.filter(letter=life.letter).order_by("-size")[0].pk
    for table, column in (("letters_checkpointsignature", "checkpoint_id"), ("letters_checkpoint", "id")):
        older = "SELECT id FROM letters_checkpoint WHERE letter_id = %s AND id <> %s AND size >= %s"
        run(f"DELETE FROM {table} WHERE {column} IN ({older})", life.letter.pk, newest, size)
    run("UPDATE letters_checkpoint SET size = %s, root = %s WHERE id = %s", size, root, newest)
    run("UPDATE letters_checkpointsignature SET note = %s WHERE checkpoint_id = %s", note, newest)
    if vkeys:
        update = "UPDATE letters_checkpointsignature SET vkeys = %s WHERE checkpoint_id = %s"
        run(update, Jsonb(vkeys), newest)
    number = made.numbers
    parts = [number[name] for name in ("signed", "withdrawn", "removed", "lost", "count")]
    run(TALLY, size, root, made.at, *parts, *[number["count"]] * 3, life.letter.pk)


def rewrite(life: Life, change: changes.Change, *, key: bool) -> None:
    """Change the ledger and everything that speaks of it; with the key, also the signature."""
    made = changes.copied(life)
    change(made)
    put_leaves(life, made)
    note = made.checkpoint() if key else changes.under_the_old_signature(made, life.note())
    put_state(life, made, note)
