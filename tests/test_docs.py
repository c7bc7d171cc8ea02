"""What the documentation promises is there."""

from __future__ import annotations

import re
from pathlib import Path

from advocacy import env, settings
from letters.enums import EventName, MessageKind

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
    for name in (path.name for path in ROOT.glob("requirements*.in")):
        lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if re.match(r"[a-z]", line)]
        assert lines
        assert [line for line in lines if "#" not in line] == []


def test_no_lock_file_names_an_index() -> None:
    for name in (path.name for path in ROOT.glob("requirements*.txt")):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"--(extra-)?index-url|--find-links|https?://", text)


def test_the_words_page_names_every_event_and_every_mail_and_no_other() -> None:
    events, mails = (ROOT / "docs" / "words.md").read_text("utf-8").split("## Mails")
    assert named(events) == set(EventName.values)
    assert named(mails) == set(MessageKind.values)


def test_the_operator_reads_of_every_command_and_of_no_other() -> None:
    page = (ROOT / "docs" / "operator.md").read_text("utf-8").partition("## Commands")[2]
    folder = ROOT / "letters" / "management" / "commands"
    commands = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    assert named(page.partition("\n## ")[0]) == commands | {"quickstart"}


def test_links_between_the_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    link_to = re.compile(r"\]\(([^)\s]+)\)")
    links = [(page, link) for page in pages for link in link_to.findall(page.read_text("utf-8"))]
    assert links
    for page, link in links:
        path, _hash, part = link.partition("#")
        if "://" in link:
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), (page.name, link)
        if part:
            heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert part in slugs, (page.name, link)


def named(page: str) -> set[str]:
    """Return the words in code letters in the first column of a page's tables."""
    cells = re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)} - {"manage.py …"}
