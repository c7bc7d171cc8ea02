"""A hand in the published files, wherever they lie: a mirror, a CDN, a tar. The signed note stays as it was.

The leaves are changed and the tiles of hashes made to fit, under the names that the honest ledger has. The
folder is served by a plain web server with the API's honest answer, or packed into a tar with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from pytest_django import Settings

from tests.ledger_site import changes, places
from tests.ledger_site.changes import Change
from tests.ledger_site.life import Life, lived
from tests.verify import forge

pytestmark = pytest.mark.django_db(transaction=True)


class Mirror(NamedTuple):
    """A life, its files in a folder that a plain web server serves, and where."""

    life: Life
    folder: Path
    url: str
    ledger: str

    def put(self, name: str, data: bytes) -> None:
        """Change one file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture
def mirror(settings: Settings, ledger_folder: Path) -> Iterator[Mirror]:
    """Publish a life onto a web server that knows nothing of the product."""
    ledger_folder.mkdir()
    with places.serving(ledger_folder) as url:
        settings.SITE_URL = url
        life = lived()
        one = Mirror(life, ledger_folder, url, f"ledger/{life.letter.public_id}")
        one.put(f"api/v1/letters/{life.letter.slug}/count", places.answer(life))
        assert places.check_site(url, life).status == 0
        yield one


def found(mirror: Mirror, tmp_path: Path, change: Change) -> None:
    """A changed ledger is found on the web server and in a tar."""
    honest, made = places.written(mirror.folder), changes.copied(mirror.life)
    names = [name for name in changes.files(made, mirror.life) if "/tile/" in name]
    change(made)
    for name, data in changes.in_the_old_names(names, changes.files(made, mirror.life)).items():
        mirror.put(name, data)
    assert places.written(mirror.folder) != honest
    done = places.check_site(mirror.url, mirror.life)
    assert done.status == 1, done.line
    files = {**places.written(mirror.folder), "count.json": places.answer(mirror.life)}
    done = places.check_files(files, tmp_path)
    assert done.status == 1, done.line


def test_a_signature_dropped(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.drop)


def test_a_signature_doubled(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.duplicate)


def test_two_signatures_in_another_order(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.reorder)


def test_one_bit_flipped(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.flip_a_bit)


def test_another_commitment(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.put_another)


def test_another_method(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.change_method)


def test_a_number_that_is_one_too_high(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.count_wrongly)


def test_a_tally_dated_back(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.date_back)


def test_a_space_more(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.space)


def test_the_last_leaf_cut_off(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.cut_a_leaf)


def test_the_last_batch_cut_off(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.cut_a_batch)


def test_a_withdrawal_written_twice(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.withdraw_twice)


def test_another_reason(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.change_reason)


def test_a_type_that_does_not_exist(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.invent_a_type)


def test_signatures_of_nobody_in_an_earlier_batch(mirror: Mirror, tmp_path: Path) -> None:
    found(mirror, tmp_path, changes.count_silently)


def test_a_changed_text(mirror: Mirror) -> None:
    name = f"{mirror.ledger}/text/2"
    mirror.put(name, places.written(mirror.folder)[name].replace(b"Minister", b"minister"))
    assert "text 2 of the letter is not the one" in places.check_site(mirror.url, mirror.life).line


def test_an_old_note_put_back_over_the_new_one(mirror: Mirror, tmp_path: Path) -> None:
    """An earlier state is whole: within 15 minutes the ledger may be late, then it stands still."""
    files = {**places.written(mirror.folder), "count.json": places.answer(mirror.life)}
    files[f"{mirror.ledger}/checkpoint"] = mirror.life.notes[-2].encode()
    pasted = tmp_path / "pasted.txt"
    pasted.write_text(mirror.life.notes[-1], "utf-8")
    for minutes, status in ((15, 0), (16, 2)):
        now = ("--now", changes.stamp(mirror.life.clock + timedelta(minutes=minutes)))
        assert places.check_files(files, tmp_path, *now).status == status
        done = places.check_files(files, tmp_path, *now, "--checkpoint", pasted)
        assert (done.status, "rewritten history" in done.line) == (1, True)


def test_a_number_that_the_ledger_never_gets(mirror: Mirror, tmp_path: Path) -> None:
    """An API that runs one minute ahead of the ledger for ever is believed for 15 minutes."""
    said = json.loads(places.answer(mirror.life))
    said["confirmed"], said["ledger"]["size"] = 9999, said["ledger"]["size"] + 9000
    said["as_of"] = changes.stamp(mirror.life.clock + timedelta(minutes=1))
    files = {**places.written(mirror.folder), "count.json": json.dumps(said).encode()}
    for minutes, status in ((16, 0), (17, 2)):
        now = changes.stamp(mirror.life.clock + timedelta(minutes=minutes))
        done = places.check_files(files, tmp_path, "--now", now)
        assert done.status == status
        assert "The site already shows 9999" in done.output


@pytest.mark.parametrize("shift", [1, -1])
def test_another_size_in_the_note(mirror: Mirror, tmp_path: Path, shift: int) -> None:
    """No file has that size: who cannot read cannot accuse. With a file made to fit, it is a mismatch."""
    files = {**places.written(mirror.folder), "count.json": places.answer(mirror.life)}
    origin, size, rest = mirror.life.note().split("\n", 2)
    files[f"{mirror.ledger}/checkpoint"] = f"{origin}\n{int(size) + shift}\n{rest}".encode()
    assert places.check_files(files, tmp_path).status == 3
    made = changes.copied(mirror.life)
    made.leaves = [*made.leaves, made.leaves[-1]][: len(made.leaves) + shift]
    assert places.check_files(changes.files(made, mirror.life) | files, tmp_path).status == 1


def test_the_note_signed_with_another_key_and_that_key_beside_it(mirror: Mirror) -> None:
    """Their own key over the honest tree is accepted from a stranger who takes the key from the site."""
    made = changes.copied(mirror.life)
    known, other = made.signers[0].vkey, forge.Signer(made.origin, b"e" * 32)
    mirror.put(f"{mirror.ledger}/checkpoint", made.checkpoint(signers=[other]).encode())
    assert places.check_site(mirror.url, mirror.life).status == 1
    mirror.put(f"{mirror.ledger}/vkey", f"{other.vkey}\n".encode())
    assert places.check_site(mirror.url, mirror.life).status == 0
    assert places.check_site(mirror.url, mirror.life, "--vkey", known).status == 1


ANSWERS: dict[str, dict[str, object]] = {
    "a higher number": {"confirmed": 9999},
    "no number": {"confirmed": None},
    "an earlier moment": {"as_of": changes.EARLIER},
    "a later moment": {"as_of": "2099-01-01T00:00:00Z"},
    "another size": {"ledger": {"size": 1}},
    "another root": {"ledger": {"root": forge.b64(b"r" * 32)}},
    "no ledger": {"ledger": None},
    "a ledger elsewhere": {
        "ledger": {"checkpoint": f"http://elsewhere.example/ledger/{forge.ID}/checkpoint"}
    },
}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("mode", [[], ["--light"]], ids=["full", "light"])
def test_an_answer_of_the_api_with(mirror: Mirror, name: str, mode: list[str]) -> None:
    said = json.loads(places.answer(mirror.life))
    for key, value in ANSWERS[name].items():
        said[key] = {**said[key], **value} if isinstance(value, dict) else value
    mirror.put(f"api/v1/letters/{mirror.life.letter.slug}/count", json.dumps(said).encode())
    done = places.check_site(mirror.url, mirror.life, *mode)
    assert done.status == 1, done.line
