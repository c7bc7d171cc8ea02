"""T18, T19: who used everything and was forgotten is nowhere, also after an older backup; nor is a trace."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from letters import limits
from letters.models import Letter, Report
from letters.records import reports
from letters.services import outbox
from tests import restores
from tests.smtp import Inbox
from tests.trust import forgotten, places
from tests.trust.forgotten import FIRST_NAME, KEY, NAME, OTHER, REASON, ROLE, TYPED, WORK, Person

pytestmark = pytest.mark.django_db(transaction=True)
SHOWN = {NAME, ROLE, WORK, REASON}
HOME = "/letters/night-trains/"
PAGES = (
    HOME, f"{HOME}signatures/", f"{HOME}signatures/?q=wilhelmina", f"{HOME}signatures/?q=canary",
    f"{HOME}changes/", f"{HOME}versions/", f"{HOME}ledger/", "/organizations/night-rail/", "/sitemap.xml",
    "/api/v1/letters", "/api/v1/letters/night-trains", "/api/v1/letters/night-trains/count",
    "/letters/night-trains/ledger/bundle.tar",
)  # fmt: skip


@pytest.fixture
def person(inbox: Inbox, settings: Settings, caplog: pytest.LogCaptureFixture) -> Person:
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 1, 0
    settings.BOUNCES_TO = "bounces@letters.example.org"
    for name in places.LOGGERS:
        caplog.set_level(logging.DEBUG, logger=name)
    return Person(inbox)


def shown() -> dict[str, str]:
    """Return what anybody can read."""
    stranger = Client()
    pages = {path: stranger.get(path) for path in PAGES}
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    return {path: b"".join(page).decode("latin-1") for path, page in pages.items()}


def kept(folder: Path, caplog: pytest.LogCaptureFixture) -> dict[str, str]:
    """Return what is stored and logged."""
    found = {"dump": places.dump().decode(), "files": places.files(folder), "logs": places.written(caplog)}
    assert OTHER in found["dump"]
    assert "ledger" in found["files"]
    assert "/my-signature/" in found["logs"]
    return found


def hits(words: list[str], found: dict[str, str]) -> set[tuple[str, str]]:
    """Return which words stand where, as UTF-8 and as bytes read it."""
    return {
        (where, word)
        for where, text in found.items()
        for word in words
        if word in text or word.encode().decode("latin-1") in text
    }


@pytest.mark.parametrize(("wish", "count"), [("forget", 2), ("delete", 1)])
def test_nothing_is_left_of_who_is_forgotten(
    person: Person, wish: str, count: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = person.live()
    secrets, passing = person.secrets(), person.passing()
    assert {word for _, word in hits(secrets, shown())} >= SHOWN
    assert {word for _, word in hits(secrets, {"data": str(person.data)})} >= {*SHOWN, TYPED}
    before = {word for _, word in hits(secrets, kept(tmp_path, caplog))}
    assert before >= {*SHOWN, NAME.upper(), KEY, *secrets[-2:]}
    assert FIRST_NAME not in before  # it was changed, and stands in no older row
    assert hits(passing, kept(tmp_path, caplog) | {"valkey": places.kept_in_valkey()}) == set()
    assert {word for _, word in hits(secrets, {"valkey": places.kept_in_valkey()})} <= SHOWN
    backup = places.dump("--format=custom")
    person.post(f"{page}data/{wish}/", status=200)
    forgotten.settle(person.letter)
    left = person.browser.get(f"{page}data/download/").content.decode()
    assert hits(secrets, {"data": left}) == set()
    nowhere(secrets, passing, tmp_path, caplog)
    assert restores.tally(person.letter).count == count
    places.restore(backup)
    assert {word for _, word in hits(secrets, kept(tmp_path, caplog))} >= SHOWN
    for command in ("replay_erasures", "recover_ledger", "drain"):
        call_command(command)
    forgotten.settle(Letter.objects.get())
    nowhere(secrets, passing, tmp_path, caplog)
    assert restores.tally(person.letter).count == count


def nowhere(secrets: list[str], passing: list[str], folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Look for everything everywhere. A kept page from before is asked for by nobody, and ends by itself."""
    lasting = places.lasting_in_valkey(limits.PAGE_KEPT_SECONDS)
    found = shown() | kept(folder, caplog) | {"valkey": lasting}
    assert hits([*secrets, *passing], found) == set()


@pytest.mark.parametrize("defence", ["reports go", "answers of servers are cleaned"])
def test_the_search_finds_what_a_defence_would_have_kept_away(
    person: Person, defence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    if defence == "reports go":
        monkeypatch.setattr(reports, "drop", lambda signature: None)
    else:
        monkeypatch.setattr(outbox, "_kept", lambda error: error[:200])
    page = person.live()
    secrets = person.secrets()
    person.post(f"{page}data/forget/", status=200)
    forgotten.settle(person.letter)
    left = {word for _, word in hits(secrets, kept(tmp_path, caplog))}
    assert left >= ({NAME, WORK} if defence == "reports go" else {TYPED})


def test_an_open_report_is_somebody_elses_question_and_stays(person: Person) -> None:
    page = person.live()
    person.post(f"{HOME}report/", name=NAME, reason="borrowed", email="rea@example.org")
    person.post(f"{page}data/forget/", status=200)
    assert [one.settled_at for one in Report.objects.all()] == [None]
