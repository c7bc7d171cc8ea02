"""A long file is never whole in memory: here by orders of magnitude, in `bench.files` at a million names."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import cast

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.demo.people import people
from letters.models import Letter, LetterText
from letters.services import ledger, seeds
from tests import builders, csvs
from tests.api import readers

pytestmark = pytest.mark.django_db
PATH = "/letters/night-trains/data/signatures.csv"
SMALL, LARGE = 6_000, 30_000


@pytest.fixture
def text() -> LetterText:
    letter = builders.letter(at=timezone.now() - timedelta(days=1), names_in_api=True)
    return builders.text_of(letter)


def fill(text: LetterText, first: int, last: int) -> None:
    seeds.load(
        text=text, people=list(people(last - first, seed="long")), seed="long", first=first, at=timezone.now()
    )
    while ledger.seal(letter_id=text.letter_id, at=timezone.now()):
        pass


def pieces(client: Client) -> Iterator[bytes]:
    response = client.get(PATH, REMOTE_ADDR=readers.another())
    assert response.status_code == 200
    yield from cast("Iterable[bytes]", response.streaming_content)  # type: ignore[attr-defined]


def costs(client: Client) -> tuple[int, int]:
    """Return the most memory that reading the file took, and its length; in bytes."""
    tracemalloc.start()
    length = sum(map(len, pieces(client)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most, length


def test_five_times_as_many_names_take_no_more_memory(client: Client, text: LetterText) -> None:
    fill(text, 0, SMALL)
    costs(client)  # what is kept for good is not counted
    few, short = costs(client)
    fill(text, SMALL, LARGE)
    many, long = costs(client)
    assert long > 4.5 * short
    assert many < 1.2 * few


def test_it_comes_in_pieces_of_whole_rows_and_is_whole(client: Client, text: LetterText) -> None:
    fill(text, 0, SMALL)
    found = list(pieces(client))
    public = Letter.objects.get().tally.public
    assert all(piece.endswith(b"\r\n") for piece in found)
    assert len(found) == 1 + -(-public // limits.ROWS_OF_A_PIECE)
    assert len(csvs.parse(b"".join(found))) == 1 + public


def test_the_names_are_read_by_a_cursor_on_the_server_in_the_order_of_an_index(
    client: Client, text: LetterText
) -> None:
    fill(text, 0, LARGE // 2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE letters_signature")
    stream = pieces(client)
    next(stream)
    next(stream)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement, is_holdable FROM pg_cursors WHERE statement LIKE '%letters_signature%'"
        )
        [(statement, holdable)] = cursor.fetchall()
        assert not holdable  # a cursor WITH HOLD writes all rows away before it gives the first
        cursor.execute("EXPLAIN DECLARE again NO SCROLL CURSOR FOR " + statement.partition(" FOR ")[2])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert list(stream)
    assert "Index Scan" in plan
    assert "Sort" not in plan
