"""One row that fails keeps no other waiting."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from letters.tasks import turns


def test_the_others_have_their_turn_and_the_failures_are_told() -> None:
    done: list[int] = []

    def do(row: int) -> None:
        if row in {1, 3}:
            raise ValueError(row)
        done.append(row)

    with pytest.raises(ExceptionGroup) as told:
        turns.take(rows=[1, 2, 3, 4], do=do)
    assert done == [2, 4]
    assert [str(failure) for failure in told.value.exceptions] == ["1", "3"]


def test_nothing_more_is_tried_where_the_database_is_away() -> None:
    tried: list[int] = []

    def do(row: int) -> None:
        tried.append(row)
        raise OperationalError

    with pytest.raises(OperationalError):
        turns.take(rows=[1, 2], do=do)
    assert tried == [1]
