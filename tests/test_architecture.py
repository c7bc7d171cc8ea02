"""The shape of the tree: imports point down, files stay small, names stay plain."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORDS = {
    "enums", "limits", "text", "prose", "addresses", "tokens", "crypto", "cursors", "durable",
    "refusal", "tallying", "ledger", "demo", "rules", "signing", "folding", "citations", "languages",
    "colors", "looks", "marks", "cards", "differences", "consents", "envelopes",
    "networks", "rates", "affiliations", "disclosure", "roles", "cells", "factors", "sources", "release",
    "browsers", "charts", "embeds", "qr", "substance",
    "labels", "clocks",
}  # fmt: skip
LINES: list[set[str]] = [
    {"apps"},
    {"web", "api", "admin", "tasks", "management", "checks"},
    {"delivery"},
    {"services", "queries", "templatetags"},
    {"records"},
    {"models"},
    WORDS,
]
"""The layer map of letters/__init__.py, from the top."""
OUTSIDE = {"migrations", "formats"}
LONGEST_FILE = 250
LONGEST_TEST = 300
LONGEST_FUNCTION = 40
VAGUE = {"utils", "util", "common", "helpers", "misc", "manager", "base"}


def sources(folder: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts and "__pycache__" not in path.parts:
            yield path


def module_of(path: Path) -> list[str]:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports(path: Path) -> Iterator[list[str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield [*node.module.split("."), alias.name]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")


def line_of(part: str) -> int:
    for number, line in enumerate(LINES):
        if part in line:
            return number
    raise AssertionError(
        f"letters/{part} stands in no layer: add it to the map in letters/__init__.py and here"
    )


def faults_of_layers() -> Iterator[str]:
    for path in sources("letters"):
        own = module_of(path)
        if len(own) < 2 or own[1] in OUTSIDE:
            continue
        for target in imports(path):
            if target[0] != "letters" or len(target) < 2:
                continue
            if line_of(target[1]) < line_of(own[1]):
                yield f"{path.relative_to(ROOT)} imports {'.'.join(target)}, which stands above it"
            elif line_of(target[1]) == line_of(own[1]) and not may_stand_beside(own, target):
                yield f"{path.relative_to(ROOT)} imports {'.'.join(target)}, which stands beside it"


def may_stand_beside(own: list[str], target: list[str]) -> bool:
    """Words may import words, models models; a door or a wire may use helpers of its own room."""
    if own[1] in WORDS or own[1] == target[1] == "models":
        return True
    doors = LINES[1]
    return own[1] == target[1] and (own[1] in doors or own[1] == "delivery")


def test_imports_point_down() -> None:
    assert list(faults_of_layers()) == []


def test_the_deployment_knows_nothing_of_letters() -> None:
    found = [str(path) for path in sources("advocacy") for target in imports(path) if target[0] == "letters"]
    assert found == []


def test_the_ledger_and_the_demo_are_plain_python() -> None:
    pure = [*sources("letters/ledger"), *sources("letters/demo")]
    assert pure
    assert [str(path) for path in pure for target in imports(path) if target[0] in {"django", "celery"}] == []


@pytest.mark.parametrize(
    ("folder", "longest"), [("letters", LONGEST_FILE), ("advocacy", LONGEST_FILE), ("tests", LONGEST_TEST)]
)
def test_files_stay_small(folder: str, longest: int) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in sources(folder)
    }
    assert {name: length for name, length in lengths.items() if length > longest} == {}


def test_functions_stay_small() -> None:
    long = []
    for path in [*sources("letters"), *sources("advocacy")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                long.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert long == []


def test_no_room_is_called_utils() -> None:
    assert [
        str(path)
        for folder in ("letters", "advocacy", "tests")
        for path in sources(folder)
        if path.stem in VAGUE and path.parent.name != "postgres"  # Django wants a backend's file so named
    ] == []


def test_services_and_tasks_take_keywords_only() -> None:
    positional = []
    for folder in ("letters/services", "letters/records", "letters/queries", "letters/tasks"):
        for path in sources(folder):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.args.args:
                    positional.append(f"{path.relative_to(ROOT)}: {node.name}")
    allowed = {
        "letters/records/events.py: actor", "letters/queries/mails.py: decide",
    }  # fmt: skip
    assert set(positional) <= allowed


def test_the_clock_is_read_in_the_doors_only() -> None:
    doors = {"web", "api", "admin", "tasks", "management"}
    readers = [
        str(path.relative_to(ROOT))
        for path in sources("letters")
        if module_of(path)[1:2] and module_of(path)[1] not in doors
        and any(word in path.read_text("utf-8") for word in ("timezone.now()", "datetime.now(", "time.time("))
    ]  # fmt: skip
    assert readers == []
