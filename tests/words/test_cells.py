"""T10: no cell is a formula, and every value comes back."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest

from letters import cells
from tests import csvs

FUZZED = 10_000
PIECES = (
    "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−",
    "'", "''", '"', '""', ",", ";", "|", " ", "\u00a0", "\u200b", "\ufeff", "\x0b", "\x7f", "\u2028", "\x85",
    "a", "Ada", "1", "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example";"x")', "'t Hooft",
    "李明远", "ليلى", "🚂", "e\u0301",
)  # fmt: skip
RUNS = re.compile("[=+\\-@＝＋－＠﹦﹢﹣﹫−]")
IGNORED = " \u00a0\u200b\ufeff\x0b\x0c\x7f\x85\u2028\u2029\u3000"


def fuzzed() -> list[str]:
    chance = random.Random("cells")
    return ["".join(chance.choices(PIECES, k=chance.randint(0, 7))) for _ in range(FUZZED)]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run it, however it treats what stands in front."""
    return cell[:1] in {"\t", "\r"} or bool(RUNS.match(cell.lstrip(f"{IGNORED}\t\r\n")))


def test_no_fuzzed_value_is_a_formula_and_each_comes_back() -> None:
    values = fuzzed()
    assert sum(map(is_formula, values)) > 3_000
    written = cells.rows([value, "x"] for value in values).encode()
    found = [row[0] for row in csvs.parse(written)]
    assert [cell for cell in found if is_formula(cell)] == []
    assert [cells.restore(cell) for cell in found] == values


def test_nothing_is_a_formula_where_semicolons_and_tabs_part_cells() -> None:
    written = cells.rows(["Ada", value, "x"] for value in fuzzed())
    pieces = re.split("[;\t\r\n]", written)
    assert [piece for piece in pieces if RUNS.match(piece.lstrip(f'{IGNORED}"'))] == []


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), (" =1", "' =1"), ("\tx", "'\tx"), ("'=1", "''=1"),
        ("＝1", "'＝1"), ("Ada;=1", "Ada;'=1"), ("Ada", "Ada"), ("'t Hooft", "'t Hooft"), ("", ""),
        ("-", "'-"), ("Jean-Luc", "Jean-Luc"), ("a; b", "a; b"), ("l'=b", "l'=b"), ("a\r\nb", "a\r\nb"),
        ("1+1", "1+1"),
    ],
)  # fmt: skip
def test_an_apostrophe_stands_before_a_formula_and_nowhere_else(value: str, cell: str) -> None:
    assert cells.defuse(value) == cell
    assert cells.restore(cell) == value


def test_rows_are_written_as_the_standard_has_them() -> None:
    rows = [("name", "n"), ('Ada "Ace", Dr.', 12408), ("two\r\nlines", -5), ("李明远", None), ("", True)]
    written = cells.rows([*rows, (date(2026, 3, 14), False)])
    assert written == (
        'name,n\r\n"Ada ""Ace"", Dr.",12408\r\n"two\r\nlines",-5\r\n李明远,\r\n,true\r\n2026-03-14,false\r\n'
    )
    assert csvs.parse(written.encode())[1] == ['Ada "Ace", Dr.', "12408"]


@pytest.mark.parametrize(
    "bad", [b"a\n", b"a", b'"a\r\n', b'a"b\r\n', b'"a"b\r\n', b"a\rb\r\n", b"a,b\r\nc\r\n", b"\xff\r\n"]
)
def test_the_strict_reader_takes_nothing_else(bad: bytes) -> None:
    with pytest.raises((AssertionError, UnicodeDecodeError)):
        csvs.parse(bad)
