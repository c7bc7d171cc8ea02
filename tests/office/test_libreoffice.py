"""T10: LibreOffice opens each CSV with the values that stand in it, and finds no formula.

`apt-get install --no-install-recommends libreoffice-calc-nogui`; with OFFICE=true its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, cast
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from letters import cells
from letters.services import breakdowns, ledger
from letters.web.gallery.cast import NAMES
from tests import builders, csvs
from tests.api import readers
from tests.builders import NOW

pytestmark = [pytest.mark.office, pytest.mark.django_db, pytest.mark.xdist_group("office")]
SOFFICE: Final = shutil.which("soffice")
OPENED: Final = "CSV:44,34,UTF8,1"  # a comma, a quotation mark, from the first row: its own defaults else
DATA: Final = "/letters/night-trains/data/"
HOSTILE: Final = (
    "=1+1", "+1", "-2+3", "@SUM(1)", "=HYPERLINK(\"https://evil.example\",\"x\")", " =1+1", "＝1+1", "'=1+1",
    "Ada;=1+1", '"=1+1"', "=cmd|' /C calc'!A0", "-", "'t Hooft", "+49 30 1234", "a\n=1+1", "{=1+1}",
)  # fmt: skip
OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"

Opened = tuple[list[list[str]], int]


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Callable[[bytes], Opened]:
    """Return the values that LibreOffice has of a file, and how many formulas it found in it."""
    if SOFFICE is None:
        if os.environ.get("OFFICE") == "true":
            pytest.fail("LibreOffice is not here.")
        pytest.skip("LibreOffice is not here.")

    def read(data: bytes) -> Opened:
        (tmp_path / "file.csv").write_bytes(data)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", f"--infilter={OPENED}", "--convert-to", "fods"]
        subprocess.run(
            [*command, "--outdir", str(tmp_path), str(tmp_path / "file.csv")],
            check=True,
            capture_output=True,
            timeout=180,
        )
        sheet = ET.parse(tmp_path / "file.fods").getroot()
        found = sheet.findall(f".//{{{TABLE}}}table-cell[@{{{TABLE}}}formula]")
        return [_row(row) for row in sheet.iter(f"{{{TABLE}}}table-row") if _row(row)], len(found)

    return read


def _row(row: ET.Element) -> list[str]:
    values: list[str] = []
    for cell in row.iter(f"{{{TABLE}}}table-cell"):
        values += [_value(cell)] * int(cell.attrib.get(f"{{{TABLE}}}number-columns-repeated", "1"))
    while values and not values[-1]:
        values.pop()
    return values


def _value(cell: ET.Element) -> str:
    for name in ("value", "date-value", "boolean-value"):
        if (value := cell.attrib.get(f"{{{OFFICE}}}{name}")) is not None:
            return value
    return "\n".join("".join(_words(line)) for line in cell.findall(f"{{{TEXT}}}p"))


def _words(element: ET.Element) -> Iterable[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{{{TEXT}}}s":
            yield " " * int(child.attrib.get(f"{{{TEXT}}}c", "1"))
        yield from _words(child)
        yield child.tail or ""


def fetch(client: Client, name: str) -> bytes:
    response = client.get(f"{DATA}{name}", REMOTE_ADDR=readers.another())
    assert response.status_code == 200
    return b"".join(cast("Iterable[bytes]", response.streaming_content))  # type: ignore[attr-defined]


def stripped(rows: list[list[str]]) -> list[list[str]]:
    """Return rows without the empty cells behind each."""
    return [row[: max((place + 1 for place, cell in enumerate(row) if cell), default=0)] for row in rows]


def test_a_formula_would_be_found(spreadsheet: Callable[[bytes], Opened]) -> None:
    _values, formulas = spreadsheet(b"name\r\n=1+1\r\n-2+3\r\n=SUM(1)\r\n")
    assert formulas >= 2


def test_each_file_is_opened_with_its_values_and_without_a_formula(
    client: Client, spreadsheet: Callable[[bytes], Opened]
) -> None:
    letter = builders.letter(names_in_api=True)
    people = [*NAMES, *((name, name, name, "") for name in HOSTILE)]
    for number, (name, role, affiliation, country) in enumerate(people):
        one = builders.confirmed(letter, email=f"{number}@example.org", country=country)
        letter.signatures.filter(pk=one.pk).update(name=name, role=role, affiliation=affiliation)
    ledger.seal(letter_id=letter.pk, at=NOW)
    breakdowns.refresh(letter_id=letter.pk, at=NOW)
    for name in ("daily.csv", "countries.csv", "signatures.csv"):
        data = fetch(client, name)
        values, formulas = spreadsheet(data)
        assert formulas == 0
        assert values == stripped(csvs.parse(data))
    names = [cells.restore(row[0]) for row in values[1:]]
    assert names == [name for name, *_rest in people]
