"""A folder that cannot be written to or read: the number goes on, or stands still; nothing forks."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest

from letters.delivery import ledger
from letters.delivery.shelf import Shelf
from letters.models import Event, Letter
from tests import builders, restores
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def letter() -> Letter:
    """Ben is counted and published, Cleo waits."""
    made = builders.letter()
    builders.confirmed(made, email="ben@example.org")
    restores.seal(made, at=NOW)
    builders.confirmed(made, email="cleo@example.org")
    return made


@pytest.mark.parametrize("name", ["tile/entries/", "tile/0/", "vkey", "checkpoint"])
def test_a_disk_that_fills_up_stops_signing_and_not_counting(
    letter: Letter, ledger_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sizes, write = restores.signed_sizes(letter), Shelf.write
    published = (ledger_folder / ledger.folder(letter) / "checkpoint").read_bytes()

    def full(self: Shelf, path: str, data: bytes) -> None:
        if f"/{name}" in path:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "write", full)
        for minutes in (5, 6):
            builders.confirmed(letter, email=f"p{minutes}@example.org")
            at = NOW + timedelta(minutes=minutes)
            assert ledger.advance(letter_id=letter.pk, at=at) > 0
            assert ledger.publish(letter_id=letter.pk, at=at) is False
    assert restores.tally(letter).count == 4
    assert restores.signed_sizes(letter) == sizes
    assert (ledger_folder / ledger.folder(letter) / "checkpoint").read_bytes() == published
    event = Event.objects.get(name="ledger.refused")  # once an hour
    assert "No space left" in event.data["why"]
    assert ledger.publish(letter_id=letter.pk, at=LATER) is True
    done = restores.verify(letter, ledger_folder, at=NOW + timedelta(minutes=7))
    assert done.status == 0, done.output


def test_a_folder_that_cannot_be_read_stops_counting_too(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It might hold more than the database: then counting on would be a fork."""

    def broken(self: Shelf, path: str) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "read", broken)
        assert ledger.advance(letter_id=letter.pk, at=LATER) == 0
    assert Event.objects.filter(name="ledger.refused").count() == 1
    assert ledger.advance(letter_id=letter.pk, at=LATER) == 1


def test_a_folder_that_was_emptied_is_filled_again(letter: Letter, ledger_folder: Path) -> None:
    restores.seal(letter, at=LATER)
    before = {path: path.read_bytes() for path in ledger_folder.rglob("*") if path.is_file()}
    for path in before:
        path.unlink()
    builders.confirmed(letter, email="dov@example.org")
    restores.seal(letter, at=LATER + timedelta(minutes=1))
    done = restores.verify(letter, ledger_folder, at=LATER + timedelta(minutes=1))
    assert done.status == 0, done.output


def test_a_clock_that_goes_back_and_on_again(letter: Letter, ledger_folder: Path) -> None:
    for number, hours in enumerate((-1, -1, 0, 1, 0, 2)):
        builders.confirmed(letter, email=f"p{number}@example.org")
        restores.seal(letter, at=NOW + timedelta(hours=hours))
    times = list(letter.checkpoints.order_by("size").values_list("at", flat=True))
    assert times == sorted(set(times))
    done = restores.verify(letter, ledger_folder, at=NOW + timedelta(hours=2))
    assert done.status == 0, done.output
