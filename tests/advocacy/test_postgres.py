"""A connection that died is noticed before it is used; a living one costs no round trip."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from advocacy.postgres.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(db: None) -> Iterator[DatabaseWrapper]:
    """A connection of its own, open, as one that a request has left behind."""
    other = connection.copy()
    assert isinstance(other, DatabaseWrapper)
    other.ensure_connection()
    yield other
    other.close()


def process_of(kept: DatabaseWrapper) -> int:
    return int(kept.connection.info.backend_pid)


def test_a_living_connection_is_not_asked(kept: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psycopg.Cursor, "execute", lambda *words: pytest.fail("a round trip"))
    assert kept.is_usable()


def test_a_connection_that_the_server_ended_is_replaced(kept: DatabaseWrapper) -> None:
    before = process_of(kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    assert not kept.is_usable()
    kept.health_check_enabled = True
    kept.health_check_done = False
    kept.close_if_health_check_failed()
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert process_of(kept) != before


def test_a_connection_that_was_never_opened_is_not_usable() -> None:
    assert not connection.copy().is_usable()
