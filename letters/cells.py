"""Rows of a CSV (RFC 4180) in which no spreadsheet finds a formula, and how the values come back.

A spreadsheet runs what begins with = + - or @, plain or full-width, and some pass over blanks and
quotation marks before it. Such a text gets an apostrophe in front, and so does one that begins with a
tab or a line break. Spreadsheets of many countries begin a cell after each semicolon, others after a
tab: a sign that stands there gets an apostrophe as well. To have the values back, take one away wherever
apostrophes stand so before such a sign; `restore` does that.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Final

from letters import limits

Cell = str | int | bool | date | None
BOM: Final = "\ufeff"
"""Tells some spreadsheets that a file is UTF-8."""
KIND: Final = "text/csv; charset=utf-8; header=present"
SIGNS: Final = "[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
BLANKS: Final = r"[^\S\t\r\n]|[\"\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
BEGINS: Final = r"(?:\A|(?<=[;\t\r\n]))"
FORMULA: Final = rf"'*(?:{BLANKS})*{SIGNS}"
BREAK: Final = r"'*[\t\r\n]"
DEFUSED: Final = re.compile(rf"{BEGINS}(?={FORMULA})|\A(?={BREAK})")
RESTORED: Final = re.compile(rf"{BEGINS}'(?={FORMULA})|\A'(?={BREAK})")


def defuse(text: str) -> str:
    """Return a text in which no cell begins with what a spreadsheet runs."""
    return DEFUSED.sub("'", text)


def restore(cell: str) -> str:
    """Return the text that `defuse` was given."""
    return RESTORED.sub("", cell)


def rows(cells: Iterable[Sequence[Cell]]) -> str:
    """Return records with CRLF behind each. Numbers stand as they are, nothing is an empty cell."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([_cell(one) for one in row] for row in cells)
    return written.getvalue()


def pieces(columns: Sequence[str], of: Iterable[Sequence[Cell]], *, start: str = "") -> Iterator[bytes]:
    """Yield a file piece by piece, so that it is never whole in memory: `start`, the columns, the rows."""
    yield (start + rows([columns])).encode()
    source = iter(of)
    while some := list(islice(source, limits.ROWS_OF_A_PIECE)):
        yield rows(some).encode()


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return defuse(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
