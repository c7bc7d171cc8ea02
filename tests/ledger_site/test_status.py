"""STALE and UNREACHABLE on the real site: neither an OK nor an accusation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from letters.services import ledger
from tests.ledger_site import changes, hands, places
from tests.ledger_site.life import Life, lived
from tests.site import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("mode", [[], ["--light"]], ids=["full", "light"])
def test_an_open_letter_whose_ledger_stands_still_for_more_than_seven_hours(
    site: str, life: Life, mode: list[str]
) -> None:
    for minutes, status in ((0, 0), (1, 2)):
        now = changes.stamp(life.clock + timedelta(hours=7, minutes=minutes))
        done = places.check_site(site, life, "--now", now, *mode)
        assert done.status == status, done.line
    assert "the ledger stands still" in done.line


def test_a_heartbeat_is_enough(site: str, life: Life) -> None:
    """Nobody signs for six hours: the ledger says so itself, and is not stale."""
    quiet_since, size = life.clock, life.tally().size
    life.clock += timedelta(hours=5, minutes=50)
    life.seal()
    assert life.tally().size == size + 1
    now = changes.stamp(quiet_since + timedelta(hours=12))
    done = places.check_site(site, life, "--now", now)
    assert done.status == 0, done.line


@pytest.mark.parametrize("mode", [[], ["--light"]], ids=["full", "light"])
def test_a_closed_letter_may_stand_still(site: str, life: Life, mode: list[str]) -> None:
    life.close()
    life.seal()
    now = changes.stamp(life.clock + timedelta(days=3650))
    assert places.check_site(site, life, "--now", now, *mode).status == 0


def test_a_number_that_was_sealed_and_never_published(
    life: Life, ledger_folder: Path, tmp_path: Path
) -> None:
    """The site shows it, the ledger lags: believed for 15 minutes, then stale."""
    life.confirm(3)
    life.clock += timedelta(minutes=10)
    ledger.seal(letter_id=life.letter.pk, at=life.clock)
    files = places.bundled(life, ledger_folder)
    for minutes, status in ((15, 0), (16, 2)):
        now = changes.stamp(life.clock + timedelta(minutes=minutes))
        done = places.check_files(files, tmp_path, "--now", now)
        assert done.status == status, done.line
        assert f"The site already shows {life.tally().count}" in done.output


def test_a_clock_that_is_wrong(site: str, life: Life) -> None:
    done = places.check_site(site, life, "--now", changes.stamp(life.clock - timedelta(minutes=16)))
    assert (done.status, "in the future" in done.line) == (1, True)


def test_nobody_answers(life: Life) -> None:
    done = places.check_site(f"http://127.0.0.1:{free_port()}", life)
    assert done.status == 3, done.line


def test_a_server_that_was_stopped(settings: Settings, tmp_path: Path) -> None:
    with places.serving(tmp_path) as url:
        settings.SITE_URL = url
        life = lived()
    assert places.check_site(url, life).status == 3


def test_no_such_letter(site: str, life: Life) -> None:
    life.letter.slug = "other"
    done = places.check_site(site, life)
    assert (done.status, "answers 404" in done.line) == (3, True)


def test_a_letter_that_was_withdrawn(site: str, life: Life) -> None:
    hands.run("UPDATE letters_letter SET status = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x'")
    done = places.check_site(site, life)
    assert (done.status, "answers 410" in done.line) == (3, True), done.line


def test_a_ledger_that_is_not_signed_yet(site: str) -> None:
    life = Life()
    done = places.check_site(site, life)
    assert (done.status, "answers 404" in done.line) == (3, True), done.line
