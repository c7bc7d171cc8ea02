"""Breaking the database in one place, to see that a service is all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection


@contextmanager
def broken(table: str) -> Iterator[None]:
    """Let every write to `table` fail in the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE 'broken'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER broken BEFORE INSERT OR UPDATE OR DELETE ON {table} EXECUTE FUNCTION broken()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER broken ON {table}")


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of ours."""
    result = {}
    tables = [name for name in connection.introspection.table_names() if name.startswith("letters_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            result[table] = cursor.fetchall()
    return result


def prove_whole(call: Callable[[], object], table: str) -> None:
    """Show that nothing remains of a call that breaks in `table`, and that it works when whole."""
    before = everything()
    with broken(table), pytest.raises(DatabaseError, match="broken"):
        call()
    assert everything() == before
    call()
    assert everything() != before
