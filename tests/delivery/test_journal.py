"""The journal of erasures: what a lost database cannot take along."""

from __future__ import annotations

import errno
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from letters import limits, tasks
from letters.delivery import journal, shelf
from letters.delivery.shelf import Shelf
from letters.models import Erasure, Event, Signature
from letters.services import erasures
from tests import builders, restores
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def erased(name: str = "ben") -> UUID:
    letter = builders.Letter.objects.first() or builders.letter()
    one = builders.counted(letter, email=f"{name}@example.org", name="Ben Okafor")
    erasures.erase(uid=one.uid, at=NOW)
    return one.uid


def files(folder: Path) -> dict[str, bytes]:
    home = folder / "erasures"
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_an_erasure_becomes_a_file_with_uid_and_time_alone(ledger_folder: Path) -> None:
    uid = erased()
    tasks.ledger.remember()
    [(path, content)] = files(ledger_folder).items()
    assert path == f"2026-03-14/{uid}.json"
    assert json.loads(content) == {"at": "2026-03-14T12:00:00+00:00", "uid": str(uid)}
    assert Erasure.objects.filter(journaled_at__isnull=False).count() == 1
    assert journal.write(at=LATER) == 0


def test_many_are_written_in_one_go(ledger_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS_AT_ONCE", 2)
    uids = {erased(f"p{number}") for number in range(5)}
    assert journal.write(at=LATER) == 5
    assert {entry.uid for entry in journal.read(shelf.default())} == uids


def test_a_crash_before_the_note_writes_the_same_file_again(
    ledger_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased()

    def crash(**_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(erasures, "written", crash)
        with pytest.raises(SystemExit):
            journal.write(at=LATER)
    before = files(ledger_folder)
    assert len(before) == 1
    assert journal.write(at=LATER) == 1
    assert files(ledger_folder) == before


def test_a_full_disk_is_logged_and_tried_again(
    ledger_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    erased()

    def full(self: Shelf, path: str, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(Shelf, "write", full)
        assert journal.write(at=LATER) == 0
    assert "No space left" in caplog.text
    assert Erasure.objects.filter(journaled_at=None).count() == 1
    assert journal.write(at=LATER) == 1


def test_a_restored_backup_forgets_them_again(ledger_folder: Path) -> None:
    letter = builders.letter()
    pending, confirmed, known = (
        builders.signed(letter, email=f"{name}@example.org") for name in ("p", "c", "k")
    )
    for one in (confirmed, known):
        builders.signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=NOW)
    erasures.erase(uid=known.uid, at=NOW)
    with restores.lost():
        builders.signatures.confirm(uid=pending.uid, seen=pending.seen_digest(), at=NOW)
        later = builders.confirmed(letter, email="later@example.org")
        for one in (pending, confirmed, later):
            erasures.erase(uid=one.uid, at=NOW)
        journal.write(at=LATER)
    assert not Signature.objects.filter(pk=later.pk).exists()
    found = journal.replay(there=shelf.default(), at=LATER)
    assert found == {
        erasures.DELETED: 1, erasures.ERASED: 1, erasures.KNOWN: 1, erasures.UNKNOWN: 1,
    }  # fmt: skip
    assert "Ben" not in str(list(Signature.objects.values()))
    event = Event.objects.get(name="erasures.replayed")
    assert event.data == found
    again = journal.replay(there=shelf.default(), at=LATER)
    assert again == {erasures.KNOWN: 2, erasures.UNKNOWN: 2}


def truncated(uid: UUID) -> bytes:
    return b'{"at":"2026-03-14T12:00'


def without_zone(uid: UUID) -> bytes:
    return json.dumps({"at": "2026-03-14T12:00:00", "uid": str(uid)}).encode()


def a_list(uid: UUID) -> bytes:
    return b"[1]"


@pytest.mark.parametrize("content", [truncated, without_zone, a_list])
def test_a_damaged_file_stops_the_replay_before_it_did_anything(
    ledger_folder: Path, content: Callable[[UUID], bytes]
) -> None:
    with restores.lost():
        erased()
        journal.write(at=LATER)
    one = builders.counted(builders.letter(), email="cleo@example.org")
    day = ledger_folder / "erasures" / "2026-03-13"
    day.mkdir()
    (day / f"{one.uid}.json").write_bytes(content(one.uid))
    with pytest.raises(journal.Unreadable):
        journal.replay(there=shelf.default(), at=LATER)
    assert not Signature.objects.exclude(erased_at=None).exists()


def test_what_a_crash_left_of_a_file_is_passed_over(ledger_folder: Path) -> None:
    erased()
    journal.write(at=LATER)
    (ledger_folder / "erasures" / "2026-03-14" / ".new-x").write_bytes(b"{")
    assert len(list(journal.read(shelf.default()))) == 1
