"""Sealing refuses after a restore, and recovery refuses what does not continue the database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from advocacy.storage import AtomicFolder
from letters import tasks
from letters.delivery import ledger, recovery
from letters.delivery.ledger import Refused
from letters.delivery.shelf import Shelf
from letters.enums import TextKind
from letters.ledger import tiles
from letters.models import Event, Leaf, Letter, LetterText, Signature, Tally
from letters.records import names
from letters.services import ledger as sealing
from letters.services import recoveries, signatures
from tests import builders, restores
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
AFTER = NOW + timedelta(minutes=20)


@pytest.fixture
def letter() -> Letter:
    """Ben is counted and published."""
    made = builders.letter()
    builders.confirmed(made, email="ben@example.org")
    restores.seal(made, at=NOW)
    return made


@pytest.fixture
def restored(letter: Letter, ledger_folder: Path) -> Letter:
    """Of Cleo, who came after the backup, only the ledger knows."""
    with restores.lost():
        builders.confirmed(letter, email="cleo@example.org")
        restores.seal(letter, at=LATER)
    return letter


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Signature, Tally, Leaf, Letter, Event)]


def home(letter: Letter, folder: Path) -> Path:
    return folder / ledger.folder(letter)


def test_sealing_and_signing_refuse_and_raise_an_alarm(restored: Letter, ledger_folder: Path) -> None:
    published = (home(restored, ledger_folder) / "checkpoint").read_bytes()
    sizes, leaves = restores.signed_sizes(restored), restores.leaves(restored)
    builders.confirmed(restored, email="dov@example.org", at=LATER)
    for minutes in (6, 7, 8):
        assert ledger.advance(letter_id=restored.pk, at=NOW + timedelta(minutes=minutes)) == 0
        assert ledger.publish(letter_id=restored.pk, at=NOW + timedelta(minutes=minutes)) is False
    assert (restores.signed_sizes(restored), restores.leaves(restored)) == (sizes, leaves)
    assert (home(restored, ledger_folder) / "checkpoint").read_bytes() == published
    event = Event.objects.get(name="ledger.refused")
    assert event.subject == restored.public_id
    assert "recover_ledger" in event.data["why"]


def test_what_was_sealed_and_not_signed_at_the_backup_is_not_signed_either(
    letter: Letter, ledger_folder: Path
) -> None:
    builders.counted(letter, email="cleo@example.org", at=LATER)
    with restores.lost():
        ledger.publish(letter_id=letter.pk, at=LATER)
        builders.confirmed(letter, email="dov@example.org")
        restores.seal(letter, at=AFTER)
    published = (home(letter, ledger_folder) / "checkpoint").read_bytes()
    tasks.ledger.seal()
    assert (home(letter, ledger_folder) / "checkpoint").read_bytes() == published
    assert restores.recover(letter) is not None


def test_nothing_to_recover_changes_nothing(letter: Letter, ledger_folder: Path) -> None:
    builders.counted(letter, email="cleo@example.org", at=LATER)
    before = everything()
    assert restores.recover(letter) is None
    shutil.rmtree(ledger_folder)
    assert restores.recover(letter) is None
    assert everything() == before


def tamper_with_a_leaf(folder: Path) -> None:
    [bundle] = [path for path in folder.glob("tile/entries/000.p/*") if int(path.name) > 5]
    entries = tiles.decode_entries(bundle.read_bytes())
    entries[-2] = entries[-2].replace(b'"m":"email"', b'"m":"orcid"')
    bundle.write_bytes(tiles.encode_entries(entries))


def cut_a_bundle(folder: Path) -> None:
    [bundle] = [path for path in folder.glob("tile/entries/000.p/*") if int(path.name) > 5]
    bundle.write_bytes(tiles.encode_entries(tiles.decode_entries(bundle.read_bytes())[:-1]))


def lose_the_bundles(folder: Path) -> None:
    shutil.rmtree(folder / "tile" / "entries")


def claim_more(folder: Path) -> None:
    note = (folder / "checkpoint").read_text("utf-8").split("\n")
    (folder / "checkpoint").write_text("\n".join([note[0], "999", *note[2:]]), "utf-8")


def write_nonsense(folder: Path) -> None:
    (folder / "checkpoint").write_bytes(b"\xff\n\n")


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (tamper_with_a_leaf, "are not the first"),
        (cut_a_bundle, "leaves instead of"),
        (lose_the_bundles, "is missing"),
        (claim_more, "not to be believed"),
        (write_nonsense, "not to be believed"),
    ],
)
def test_damaged_files_are_refused(
    restored: Letter, ledger_folder: Path, damage: Callable[[Path], None], why: str
) -> None:
    damage(home(restored, ledger_folder))
    before = everything()
    with pytest.raises(Refused, match=why):
        restores.recover(restored)
    assert everything() == before


def test_another_key_is_not_believed(settings: Settings, ledger_folder: Path) -> None:
    letter = builders.letter()  # nothing of it was signed at the backup: only the environment knows a key
    with restores.lost():
        builders.confirmed(letter)
        restores.seal(letter, at=NOW)
    known, settings.LEDGER_KEY = settings.LEDGER_KEY, b"e" * 32
    with pytest.raises(Refused, match="no known key signed this"):
        restores.recover(letter)
    settings.LEDGER_KEY = None
    with pytest.raises(Refused, match="set LEDGER_KEY"):
        restores.recover(letter)
    settings.LEDGER_KEY, settings.LEDGER_KEY_OLD = b"e" * 32, known
    assert restores.recover(letter) is not None


def test_a_process_without_the_key_recovers_by_the_keys_it_knows(
    restored: Letter, settings: Settings
) -> None:
    settings.LEDGER_KEY = None
    assert restores.recover(restored) is not None


def test_a_database_that_went_its_own_way_is_refused(restored: Letter) -> None:
    """Somebody sealed past the door: two histories, of which one was signed."""
    signatures.withdraw(uid=Signature.objects.get().uid, at=LATER)
    sealing.seal(letter_id=restored.pk, at=LATER)
    before = everything()
    with pytest.raises(Refused):
        restores.recover(restored)
    assert everything() == before


def test_rows_that_do_not_add_up_are_refused(restored: Letter) -> None:
    Signature.objects.update(tallied="withdrawn")
    before = everything()
    with pytest.raises(recoveries.CannotRecover, match="withdrawn 1 instead of 0"):
        restores.recover(restored)
    assert everything() == before


def test_a_text_that_the_database_forgot_is_refused_by_its_number(
    letter: Letter, ledger_folder: Path
) -> None:
    with restores.lost():
        text = LetterText(
            letter=letter, number=2, version=2, kind=TextKind.CORRECTION, reason="A date.", title="T",
            addressees="A", body="B", published_at=LATER,
        )  # fmt: skip
        text.h = text.compute_hash()
        text.save()
        restores.seal(letter, at=LATER)
    before = everything()
    with pytest.raises(recoveries.CannotRecover, match=r"Text 2 .* text/2"):
        restores.recover(letter)
    assert everything() == before


def test_a_letter_published_after_the_backup_is_refused(ledger_folder: Path) -> None:
    draft = builders.draft()
    with restores.lost():
        builders.letters.publish(letter=builders.ready(draft), by=None, at=NOW)
        ledger.publish(letter_id=draft.pk, at=NOW)
    with pytest.raises(Refused, match="published after the backup"):
        restores.recover(draft)


def test_an_older_copy_is_refused(letter: Letter, ledger_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with restores.lost():
        builders.confirmed(letter, email="cleo@example.org")
        restores.seal(letter, at=LATER)
        shutil.copytree(ledger_folder, copy)
        builders.confirmed(letter, email="dov@example.org")
        restores.seal(letter, at=AFTER)
    before = everything()
    with pytest.raises(Refused, match="LEDGER_PUBLISH holds"):
        recovery.recover(letter=letter, there=Shelf(AtomicFolder(copy)), at=AFTER)
    assert everything() == before
    shutil.rmtree(ledger_folder)
    assert recovery.recover(letter=letter, there=Shelf(AtomicFolder(copy)), at=AFTER) is not None


def test_recovery_is_all_or_nothing(restored: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def breaks(**_: object) -> None:
        raise DatabaseError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(names, "bump", breaks)  # its last write
        with pytest.raises(DatabaseError):
            restores.recover(restored)
    assert everything() == before
    assert restores.recover(restored) is not None


def test_a_ledger_that_grew_meanwhile_is_not_touched(
    restored: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the files and taking the turn somebody else has recovered it."""
    recover = recoveries.recover

    def late(**words: Any) -> dict[str, int]:
        recover(**words)
        return recover(**words)

    monkeypatch.setattr(recoveries, "recover", late)
    with pytest.raises(recoveries.CannotRecover, match="grown meanwhile"):
        restores.recover(restored)
