"""Random bytes of what a site published are flipped: each flip is found, or it is shown why it cannot matter.

2,000 runs of the verifier's own main() in this process, a few more as its user runs it.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.ledger_site import places
from tests.ledger_site.life import Life
from tests.verify import runs

pytestmark = pytest.mark.django_db(transaction=True)

SEED, FLIPS, PROCESSES = 20261123, 2000, 12


class Flip(NamedTuple):
    """One byte of one file, and what becomes of the file."""

    name: str
    at: int
    data: bytes


def flips(files: dict[str, bytes], number: int) -> Iterator[Flip]:
    """Choose files evenly, then a byte, then another value for it."""
    chance, names = random.Random(SEED), sorted(files)
    for _ in range(number):
        name = chance.choice(names)
        at, data = chance.randrange(len(files[name])), bytearray(files[name])
        data[at] ^= chance.randrange(1, 256)
        yield Flip(name, at, bytes(data))


def read_by_a_full_run(files: dict[str, bytes], folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the files that a run over the honest bundle opens."""
    opened: set[str] = set()
    get = runs.verifier.Bundle.get

    def note(self: object, path: str) -> bytes:
        opened.add(path)
        return bytes(get(self, path))

    with monkeypatch.context() as patch:
        patch.setattr(runs.verifier.Bundle, "get", note)
        assert places.check_files(files, folder, run=runs.here).status == 0
    return opened


def claimed(answer: bytes) -> tuple[object, ...] | None:
    """Return what the verifier takes from the API's answer; nothing from an answer that is no JSON."""
    try:
        said = json.loads(answer)
        return said["confirmed"], said["as_of"], *(said["ledger"][k] for k in ("size", "root", "checkpoint"))
    except (ValueError, LookupError, TypeError):
        return None


def sort(flip: Flip, files: dict[str, bytes], opened: set[str], status: int) -> str:
    """Name the class of a result, and show for all but a mismatch why it may be."""
    if status == 1:
        return "found"
    if status == 0 and flip.name not in opened:
        return "not read"  # tiles of hashes, which a full run computes; tiles of earlier states
    if status == 0 and flip.name == "count.json":
        assert claimed(flip.data) == claimed(files["count.json"]), flip
        return "another word of the API"  # like the sentence to cite, or the number of organizations
    assert status == 3, flip
    if flip.name == "count.json":
        before, after = claimed(files["count.json"]), claimed(flip.data)
        assert before is not None
        assert after is not None
        assert before[:4] == after[:4]
        return "another address of the ledger"  # in the bundle there is nothing at it
    assert flip.name.endswith("/checkpoint")
    sizes = [note.split(b"\n")[1] for note in (files[flip.name], flip.data)]
    assert sizes[0] != sizes[1]
    return "another size"  # of which there is no last file


def test_two_thousand_flipped_bytes(
    life: Life, ledger_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No flip in anything that is read and said ends in an OK."""
    files = places.bundled(life, ledger_folder)
    opened = read_by_a_full_run(files, tmp_path, monkeypatch)
    found: Counter[str] = Counter()
    for flip in flips(files, FLIPS):
        done = places.check_files({**files, flip.name: flip.data}, tmp_path, run=runs.here)
        found[sort(flip, files, opened, done.status)] += 1
    print(f"of {FLIPS} flips: {dict(found)}")
    assert found["found"] > FLIPS / 5
    assert found.total() == FLIPS


def test_of_flips_in_what_is_read_all_are_found(
    life: Life, ledger_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same among the files of a full run, without the API's other words: nothing is OK."""
    files = places.bundled(life, ledger_folder)
    opened = read_by_a_full_run(files, tmp_path, monkeypatch) - {"count.json"}
    for flip in flips({name: files[name] for name in opened}, FLIPS // 4):
        done = places.check_files({**files, flip.name: flip.data}, tmp_path, run=runs.here)
        assert sort(flip, files, opened, done.status) in {"found", "another size"}, flip


def test_some_of_them_as_a_stranger_runs_it(life: Life, ledger_folder: Path, tmp_path: Path) -> None:
    files = places.bundled(life, ledger_folder)
    for flip in flips(files, PROCESSES):
        changed = {**files, flip.name: flip.data}
        here = places.check_files(changed, tmp_path, run=runs.here)
        assert places.check_files(changed, tmp_path) == here


def test_light_mode_reads_the_tiles_of_hashes(life: Life, ledger_folder: Path, tmp_path: Path) -> None:
    """What a full run does not read of the last state, the light one does."""
    files = places.bundled(life, ledger_folder)
    width = life.tally().size % 256
    for path in ("tile/1/000.p/1", f"tile/0/001.p/{width}"):
        name = f"ledger/{life.letter.public_id}/{path}"
        changed = {**files, name: bytes([files[name][0] ^ 1]) + files[name][1:]}
        assert places.check_files(changed, tmp_path, run=runs.here).status == 0
        assert places.check_files(changed, tmp_path, "--light").status == 1
