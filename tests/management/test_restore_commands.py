"""What an operator types after a restore."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.utils import timezone
from pytest_django import Settings

from letters.delivery import journal
from letters.models import CheckpointSignature, Event, Letter, Signature
from letters.services import erasures
from tests import builders, restores
from tests.builders import NOW
from tests.management.test_commands import say

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def restored(ledger_folder: Path) -> Letter:
    """Ben is counted, Cleo came after the backup, Ben was forgotten after it."""
    letter = builders.letter()
    ben = builders.confirmed(letter)
    restores.seal(letter, at=NOW)
    with restores.lost():
        builders.confirmed(letter, email="cleo@example.org", at=LATER)
        erasures.erase(uid=ben.uid, at=LATER)
        restores.seal(letter, at=LATER)
        journal.write(at=LATER)
    return letter


def test_the_commands_in_their_order(restored: Letter, settings: Settings) -> None:
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 1, 0
    assert say("replay_erasures") == (
        "1 in the journal: 1 erased, 0 deleted, 0 already erased, 0 not in the database"
    )
    assert say("recover_ledger", "--letter", restored.slug) == (
        "night-trains: 2 leaves taken over; 0 signatures brought into agreement, 0 that no longer count left "
        "empty, 1 lost; 1 count now"
    )
    assert say("drain") == "0 mails sent, 1 signatures counted or changed"
    assert say("recover_ledger", "--letter", restored.slug) == (
        "night-trains: nothing to recover, the database holds all that is published"
    )
    assert "1 already erased" in say("replay_erasures")
    assert restores.tally(restored).erased_counted == 1
    event = Event.objects.get(name="ledger.recovered")
    assert (event.subject, event.actor) == (restored.public_id, "system")
    assert event.data == {"leaves": 2, "found": 0, "emptied": 0, "lost": 1, "count": 1}


def test_all_letters_in_turn_and_one_that_cannot_be_stops_no_other(
    restored: Letter, ledger_folder: Path
) -> None:
    other = builders.letter("day-trains")
    restores.seal(other, at=NOW)
    (ledger_folder / "ledger" / other.public_id / "checkpoint").write_text("x", "utf-8")
    third = builders.letter("slow-trains")
    with restores.lost():
        builders.confirmed(third, email="dov@example.org", at=LATER)
        restores.seal(third, at=LATER)
    with pytest.raises(CommandError, match="day-trains: nothing was changed"):
        say("recover_ledger")
    assert say("recover_ledger", "--letter", third.slug).startswith("slow-trains: nothing to recover")
    assert say("recover_ledger", "--letter", restored.slug).startswith("night-trains: nothing to recover")


def test_a_backup_from_before_a_change_of_the_key(
    restored: Letter, ledger_folder: Path, settings: Settings, tmp_path: Path
) -> None:
    seen = tmp_path / "seen.json"
    say("recover_ledger")
    with restores.lost():
        settings.LEDGER_KEY_OLD, settings.LEDGER_KEY = settings.LEDGER_KEY, b"n" * 32
        say("rotate_ledger_key")
        now = timezone.now()
        assert restores.verify(restored, ledger_folder, "--state", seen, at=now).status == 0
    with pytest.raises(SystemCheckError, match="rotate_ledger_key"):
        call_command("recover_ledger")
    with pytest.raises(CommandError, match="Not announced in: night-trains"):
        say("rotate_ledger_key")
    assert "leaves taken over" in say("recover_ledger")
    assert "announced and published" in say("rotate_ledger_key")
    say("drain")
    now = timezone.now()
    assert restores.verify(restored, ledger_folder, "--state", seen, at=now).status == 0
    assert sum('"t":"key"' in leaf for leaf in restores.leaves(restored)) == 1


def test_from_a_copy(restored: Letter, ledger_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.move(ledger_folder, copy)
    assert "0 in the journal" in say("replay_erasures")
    assert "1 erased" in say("replay_erasures", "--from", str(copy))
    assert "nothing to recover" in say("recover_ledger", "--letter", restored.slug)
    assert "1 lost" in say("recover_ledger", "--letter", restored.slug, "--from", str(copy))
    say("drain")
    newest = CheckpointSignature.objects.order_by("-checkpoint__size")[0]
    published = ledger_folder / "ledger" / restored.public_id / "checkpoint"
    assert published.read_text("utf-8") == newest.note


def test_what_cannot_be_is_said(restored: Letter, ledger_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No letter at"):
        say("recover_ledger", "--letter", "day-trains")
    for words in (("recover_ledger", "--letter", restored.slug), ("replay_erasures",)):
        with pytest.raises(CommandError, match="is no folder"):
            say(*words, "--from", str(tmp_path / "nowhere"))
    (ledger_folder / "ledger" / restored.public_id / "checkpoint").write_text("x", "utf-8")
    with pytest.raises(CommandError, match="nothing was changed"):
        say("recover_ledger", "--letter", restored.slug)
    for path in (ledger_folder / "erasures").rglob("*.json"):
        path.write_text("x", "utf-8")
    with pytest.raises(CommandError, match="nothing was done"):
        say("replay_erasures")
    assert Signature.objects.get().name == "Ben Okafor"


def test_with_another_key_nothing_is_recovered(restored: Letter, settings: Settings) -> None:
    settings.LEDGER_KEY_OLD, settings.LEDGER_KEY = settings.LEDGER_KEY, b"n" * 32
    with pytest.raises(SystemCheckError, match="rotate_ledger_key"):
        call_command("recover_ledger", "--letter", restored.slug)
