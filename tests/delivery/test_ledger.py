"""Signing and publishing: after the seal, forward only, and never beside what is out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from letters import limits, signing
from letters.delivery import ledger
from letters.enums import EventName
from letters.ledger import notes
from letters.models import CheckpointSignature, Event, LedgerEntry, Letter, Tally
from letters.queries import leaves
from letters.queries import ledger as waiting
from letters.tasks import ledger as tasks
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def publish(letter: Letter) -> bool:
    return ledger.publish(letter_id=letter.pk, at=NOW)


def note_in(folder: Path, letter: Letter) -> str:
    return (folder / ledger.folder(letter) / "checkpoint").read_text("utf-8")


def test_what_is_published_is_what_was_sealed(ledger_folder: Path) -> None:
    letter = builders.letter()
    for number in range(300):
        builders.confirmed(letter, email=f"ben{number}@example.org")
    ledger.advance(letter_id=letter.pk, at=NOW)
    assert publish(letter)
    tally = Tally.objects.get(letter=letter)
    found = notes.open_checkpoint(
        text=note_in(ledger_folder, letter), origin=letter.origin, vkeys=[signing.vkey(letter.origin)]
    )
    assert (found.size, found.root) == (tally.size, bytes(tally.root)) == (304, bytes(tally.root))
    home = ledger_folder / ledger.folder(letter)
    assert sorted(str(file.relative_to(home)) for file in home.rglob("*") if file.is_file()) == [
        "checkpoint", "text/1", "tile/0/000", "tile/0/001.p/48", "tile/1/000.p/1", "tile/entries/000",
        "tile/entries/001.p/48", "vkey",
    ]  # fmt: skip
    assert (home / "text/1").read_bytes() == builders.text_of(letter).content()


def test_each_published_size_keeps_its_files(ledger_folder: Path) -> None:
    letter = builders.letter()
    publish(letter)
    builders.counted(letter)
    publish(letter)
    names = sorted(path.name for path in (ledger_folder / ledger.folder(letter) / "tile/0/000.p").iterdir())
    assert names == ["3", "5"]


def test_a_second_hint_signs_nothing_twice(ledger_folder: Path) -> None:
    letter = builders.letter()
    assert waiting.unsigned() == [letter.pk]
    assert publish(letter)
    assert waiting.unsigned() == []
    before = note_in(ledger_folder, letter)
    assert not publish(letter)
    assert (note_in(ledger_folder, letter), CheckpointSignature.objects.count()) == (before, 1)


def test_only_the_newest_state_is_signed() -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.counted(letter, email="cleo@example.org", at=NOW + HOUR)
    publish(letter)
    assert [signed.checkpoint.size for signed in CheckpointSignature.objects.all()] == [7]
    assert leaves.covering(letter_id=letter.pk, size=4) == CheckpointSignature.objects.get()
    assert leaves.covering(letter_id=letter.pk, size=8) is None


def test_nothing_counts_while_more_is_published_than_the_database_holds(ledger_folder: Path) -> None:
    """As after a restore of a backup: going on would sign a second history."""
    letter = builders.letter()
    publish(letter)
    home = ledger_folder / ledger.folder(letter)
    ahead = signing.note(origin=letter.origin, size=99, root=bytes(32))
    (home / "checkpoint").write_text(ahead, "utf-8")
    builders.confirmed(letter)
    assert ledger.advance(letter_id=letter.pk, at=NOW) == 0
    assert LedgerEntry.objects.count() == 1
    assert "recover" in Event.objects.get(name=EventName.LEDGER_REFUSED).data["why"]


def test_nothing_is_signed_beside_what_is_published(ledger_folder: Path) -> None:
    letter = builders.letter()
    other = signing.note(origin=letter.origin, size=2, root=bytes(32))
    home = ledger_folder / ledger.folder(letter)
    home.mkdir(parents=True)
    (home / "checkpoint").write_text(other, "utf-8")
    assert not publish(letter)
    assert note_in(ledger_folder, letter) == other
    assert not CheckpointSignature.objects.exists()
    assert "not those" in Event.objects.get(name=EventName.LEDGER_REFUSED).data["why"]


@pytest.mark.parametrize("content", [b"", b"\xff", b"nonsense\n", b"a\nb\nc\n\n"])
def test_an_unreadable_note_stops_the_count_and_says_so(ledger_folder: Path, content: bytes) -> None:
    letter = builders.letter()
    home = ledger_folder / ledger.folder(letter)
    home.mkdir(parents=True)
    (home / "checkpoint").write_bytes(content)
    builders.confirmed(letter)
    assert (ledger.advance(letter_id=letter.pk, at=NOW), publish(letter)) == (0, False)
    assert (home / "checkpoint").read_bytes() == content
    assert Event.objects.filter(name=EventName.LEDGER_REFUSED).count() == 1


def test_a_folder_that_cannot_be_written_delays_the_signing_and_nothing_else(
    settings: Settings, tmp_path: Path, ledger_folder: Path
) -> None:
    letter = builders.letter()
    ledger_folder.mkdir()
    (ledger_folder / "ledger").write_text("in the way")
    assert not publish(letter)
    assert waiting.unsigned() == [letter.pk]
    (ledger_folder / "ledger").unlink()
    assert publish(letter)


def test_a_process_without_the_key_says_so(settings: Settings) -> None:
    letter = builders.letter()
    settings.LEDGER_KEY = None
    assert not publish(letter)
    assert "LEDGER_KEY" in Event.objects.get(name=EventName.LEDGER_REFUSED).data["why"]


def test_an_alarm_is_recorded_once_an_hour() -> None:
    letter = builders.letter()
    builders.confirmed(letter)
    since = waiting.late(at=NOW + limits.SEALED_WITHIN + timedelta(seconds=1))
    assert list(since) == [letter.pk]
    tasks.watch()
    tasks.watch()
    assert Event.objects.filter(name=EventName.LEDGER_LAGS).count() == 1


def test_nothing_is_late_that_was_counted_and_signed_in_time() -> None:
    letter = builders.letter()
    builders.counted(letter)
    publish(letter)
    assert waiting.late(at=NOW + 5 * HOUR) == {}
