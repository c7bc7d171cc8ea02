"""Small numbers stand together, and none of them can be worked out from what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import disclosure

NUMBERS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 40), max_size=12)


@pytest.mark.parametrize(
    ("numbers", "cells", "other"),
    [
        ({}, [], 0),
        ({"FR": 10, "DE": 12}, [("DE", 12), ("FR", 10)], 0),
        ({"FR": 10, "DE": 10}, [("DE", 10), ("FR", 10)], 0),
        ({"DE": 12, "LU": 9, "BE": 1}, [("DE", 12)], 10),
        # Alone, the number of LU would stand there as `other`.
        ({"DE": 12, "FR": 10, "LU": 9}, [("DE", 12)], 19),
        ({"DE": 12, "LU": 9}, [], 21),
        ({"LU": 9}, [], 9),
    ],
)
def test_cells_that_are_too_small(numbers: dict[str, int], cells: list[tuple[str, int]], other: int) -> None:
    assert disclosure.limit(numbers, least=10) == (cells, other)


def test_no_more_than_so_many() -> None:
    numbers = {f"{number:03}": number for number in range(10, 60)}
    said = disclosure.limit(numbers, least=10, most=20)
    assert [number for _name, number in said.cells] == list(range(59, 39, -1))
    assert said.other == sum(range(10, 40))


@given(numbers=NUMBERS)
def test_no_number_can_be_worked_out(numbers: dict[str, int]) -> None:
    said, other = disclosure.limit(numbers, least=10)
    hidden = set(numbers) - {name for name, _number in said}
    assert sum(number for _name, number in said) + other == sum(numbers.values())
    assert all(number >= 10 for _name, number in said)
    assert len(hidden) != 1 or len(numbers) == 1
    assert said == sorted(said, key=lambda cell: (-cell[1], cell[0]))
