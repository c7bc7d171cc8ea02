"""A reader who stops reading holds no transaction open for ever."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from letters import limits
from letters.enums import Exported
from letters.models import Letter
from letters.queries import downloads
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


def names(letter: Letter) -> Iterator[object]:
    return downloads.names(letter=letter)


def private(letter: Letter) -> Iterator[object]:
    return downloads.private(letter=letter, which=Exported.ALL, as_of=letter.tally.as_of)


@pytest.mark.parametrize("rows", [names, private])
def test_who_goes_away_in_the_middle_of_a_file_is_cut_off(
    rows: Callable[[Letter], Iterator[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ROWS_OF_A_FILE", 1)
    monkeypatch.setattr(limits, "READER_AWAY_MOST", timedelta(seconds=0.3))
    for number in range(3):
        builders.counted(Letter.objects.first() or builders.letter(), email=f"n{number}@example.org")
    reading = rows(Letter.objects.get())
    next(reading)
    time.sleep(0.1)
    next(reading)
    time.sleep(1)
    with pytest.raises(DatabaseError, match="idle-in-transaction"):
        list(reading)
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("0",)
