"""What the documentation promises is there."""

from __future__ import annotations

import re
from pathlib import Path

from advocacy import env, settings

ROOT = Path(__file__).resolve().parent.parent


def test_the_readme_names_every_make_target() -> None:
    targets = re.findall(r"^\.PHONY:\s*(.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    names = {name for line in targets for name in line.split()}
    readme = (ROOT / "README.md").read_text("utf-8")
    assert names
    assert {name for name in names if f"make {name}" not in readme} == set()


def test_the_example_environment_names_every_variable_that_is_read() -> None:
    assert settings.SITE_NAME
    example = (ROOT / ".env.example").read_text("utf-8")
    written = set(re.findall(r"^#?\s?([A-Z][A-Z_]+)=", example, re.MULTILINE))
    assert written == env.READ | {"DJANGO_SUPERUSER_EMAIL", "DJANGO_SUPERUSER_PASSWORD", "PORT"}


def test_every_pinned_requirement_has_its_reason() -> None:
    for name in ("requirements.in", "requirements-embedded.in", "requirements-dev.in"):
        lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if re.match(r"[a-z]", line)]
        assert lines
        assert [line for line in lines if "#" not in line] == []


def test_no_lock_file_names_an_index() -> None:
    for name in ("requirements.txt", "requirements-embedded.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"--(extra-)?index-url|--find-links|https?://", text)
