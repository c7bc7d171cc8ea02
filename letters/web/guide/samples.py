"""What the guide shows: a question, in a program's own words, and the answer to it.

In an answer … stands for whatever is left out. tests/guide runs the questions and compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = Path(__file__).with_name("examples")
LEFT_OUT: Final = "…"
HOST: Final = "https://letters.example.org"
"""Stands in the files for this site."""
KINDS: Final = {"sh": "curl", "python": "Python", "R": "R", "sheet": "Google Sheets", "pq": "Power Query"}


@dataclass(frozen=True)
class Sample:
    """A question and its answer; the answer is empty where the page shows none."""

    name: str
    kind: str
    question: str
    answer: str


@cache
def samples() -> dict[str, Sample]:
    """Return every sample by its name, with this site’s own address."""
    questions = [path for path in sorted(FOLDER.iterdir()) if path.suffix[1:] in KINDS]
    return {
        path.stem: Sample(path.stem, KINDS[path.suffix[1:]], _read(path), _answer(path)) for path in questions
    }


def _answer(path: Path) -> str:
    known = path.with_suffix(".out")
    return _read(known) if known.is_file() else ""


def _read(path: Path) -> str:
    return path.read_text("utf-8").strip().replace(HOST, settings.SITE_URL)
