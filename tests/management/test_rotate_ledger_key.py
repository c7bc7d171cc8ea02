"""Another key: accepted only after the one in force, announced everywhere, followed by readers."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError
from django.utils import timezone
from pytest_django import Settings

from letters import crypto, durable, signing
from letters.delivery import ledger as publishing
from letters.enums import EventName, KeyName
from letters.models import CheckpointSignature, Event, KeyCheck, Letter
from letters.records import events
from letters.services import letters
from tests import builders, restores
from tests.management.test_commands import say
from tests.verify import runs

pytestmark = pytest.mark.django_db
NEW = b"n" * 32


@pytest.fixture
def letter() -> Letter:
    """Published a day ago, with one signature."""
    made = builders.letter(at=timezone.now() - timedelta(days=1))
    builders.confirmed(made, at=timezone.now())
    restores.seal(made, at=timezone.now() - timedelta(hours=1))
    return made


def ids() -> list[str]:
    """Return what the start would be refused or warned for."""
    return [str(found.id) for found in run_checks(tags=[Tags.database], databases=["default"])]


def switch(settings: Settings) -> None:
    settings.LEDGER_KEY_OLD, settings.LEDGER_KEY = settings.LEDGER_KEY, NEW


def newest(letter: Letter) -> CheckpointSignature:
    rows = CheckpointSignature.objects.filter(checkpoint__letter=letter)
    return rows.select_related("checkpoint").order_by("-checkpoint__size")[0]


def test_a_changed_key_stops_the_start_until_it_is_accepted(letter: Letter, settings: Settings) -> None:
    assert ids() == []
    switch(settings)
    assert ids() == ["letters.E001"]
    assert say("rotate_ledger_key").splitlines() == [
        "the new key is accepted", "night-trains: announced and published",
    ]  # fmt: skip
    assert ids() == []
    event = Event.objects.get(name="ledger.key_rotated")
    assert event.data["after"] == crypto.fingerprint(NEW) == KeyCheck.objects.get(name="ledger").fingerprint


def test_a_running_worker_with_another_key_neither_seals_nor_signs(
    letter: Letter, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    builders.confirmed(letter, email="cleo@example.org", at=timezone.now())
    before = restores.leaves(letter), restores.signed_sizes(letter)
    switch(settings)
    with caplog.at_level(logging.ERROR):
        assert publishing.advance(letter_id=letter.pk, at=timezone.now()) == 0
        assert publishing.publish(letter_id=letter.pk, at=timezone.now()) is False
    assert "rotate_ledger_key" in caplog.text
    assert (restores.leaves(letter), restores.signed_sizes(letter)) == before


@pytest.mark.parametrize(("key", "old"), [(NEW, None), (NEW, b"x" * 32), (NEW, NEW), (None, None)])
def test_a_key_that_does_not_follow_the_one_in_force_is_refused(
    letter: Letter, settings: Settings, key: bytes | None, old: bytes | None
) -> None:
    before = list(KeyCheck.objects.values())
    settings.LEDGER_KEY, settings.LEDGER_KEY_OLD = key, old
    with pytest.raises(CommandError, match="How to fix: stop the processes"):
        say("rotate_ledger_key")
    assert list(KeyCheck.objects.values()) == before
    assert not Event.objects.filter(name="ledger.key_rotated").exists()


def test_closed_quiet_and_fresh_ledgers_announce_it_too(letter: Letter, settings: Settings) -> None:
    closed = builders.letter("day-trains", at=timezone.now() - timedelta(days=40))
    letters.close(letter=closed, by=None, at=timezone.now() - timedelta(days=30))
    restores.seal(closed, at=timezone.now() - timedelta(days=30))
    fresh = builders.letter("slow-trains", at=timezone.now())
    publishing.publish(letter_id=fresh.pk, at=timezone.now())
    unsigned = builders.letter("no-trains", at=timezone.now())
    switch(settings)
    said = say("rotate_ledger_key")
    assert said.count("announced and published") == 4
    for one in (letter, closed, fresh):
        assert f'"vkey":"{signing.vkey(one.origin)}"' in restores.leaves(one)[-2]
    assert not any('"t":"key"' in leaf for leaf in restores.leaves(unsigned))  # nobody saw another there
    for one in (letter, closed, fresh, unsigned):
        assert newest(one).vkeys == signing.vkeys(one.origin)
        assert newest(one).note.count("\N{EM DASH}") == 2
    leaves = [restores.leaves(one) for one in (letter, closed, fresh, unsigned)]
    assert say("rotate_ledger_key").startswith("this key was accepted before")
    assert [restores.leaves(one) for one in (letter, closed, fresh, unsigned)] == leaves


def test_what_could_not_be_published_is_said_and_done_the_next_time(
    letter: Letter, settings: Settings, ledger_folder: Path
) -> None:
    home = ledger_folder / "ledger" / letter.public_id
    (home / "text" / "1").unlink()
    (home / "text").rmdir()
    (home / "text").write_bytes(b"in the way")
    switch(settings)
    with pytest.raises(CommandError, match="Not announced in: night-trains"):
        say("rotate_ledger_key")
    (home / "text").unlink()
    assert "night-trains: announced and published" in say("rotate_ledger_key")


def test_a_reader_follows(letter: Letter, settings: Settings, ledger_folder: Path, tmp_path: Path) -> None:
    """With the old key pinned while both sign; with a memory for ever."""
    pinned, seen = ("--vkey", signing.vkey(letter.origin)), ("--state", tmp_path / "seen.json")

    def check(*arguments: object) -> int:
        now = timezone.now()
        return restores.verify(letter, ledger_folder, *arguments, at=now, run=runs.process).status

    assert check(*seen) == check(*pinned) == 0
    switch(settings)
    say("rotate_ledger_key")
    assert check(*pinned) == check(*seen) == check("--vkey", signing.vkey(letter.origin)) == 0
    settings.LEDGER_KEY_OLD = None
    for name in ("cleo", "dov"):
        builders.confirmed(letter, email=f"{name}@example.org", at=timezone.now())
        restores.seal(letter, at=timezone.now())
        assert newest(letter).note.count("\N{EM DASH}") == 1
        assert check(*seen) == 0
        assert check(*pinned) == 1  # the rotation is over: they had 90 days, or a memory


@pytest.mark.parametrize(("days", "found"), [(90, []), (101, ["letters.W001"])])
def test_an_old_key_that_was_forgotten_in_the_environment(
    settings: Settings, days: int, found: list[str]
) -> None:
    settings.LEDGER_KEY_OLD = b"o" * 32
    assert ids() == []
    with durable.commit():
        at = timezone.now() - timedelta(days=days)
        events.record(name=EventName.LEDGER_KEY_ROTATED, subject=KeyName.LEDGER, by="system", at=at)
    assert ids() == found
    settings.LEDGER_KEY_OLD = None
    assert ids() == []
