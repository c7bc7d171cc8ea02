"""Thousands of random bytes: never an OK, never a traceback.

Flipped are the files that a run reads. In the full mode no tile of hashes is among them (the hashes
are computed from the leaves); the light mode reads the tiles on the right edge and the last bundle.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.verify import forge, runs

HONEST = forge.honest().files()
HASHES = [name for name in HONEST if "/tile/0/" in name or "/tile/1/" in name]
FULL = [name for name in HONEST if name not in HASHES]
LIGHT = [name for name in HONEST if "/text/" not in name and not name.endswith("/000")]


def flips(seed: int, names: list[str], number: int) -> list[tuple[str, int, bytes]]:
    """Choose files evenly, then a byte of each, then what becomes of it."""
    chance = random.Random(seed)
    chosen = []
    for _ in range(number):
        name = chance.choice(names)
        at = chance.randrange(len(HONEST[name]))
        chosen.append((name, at, bytes([HONEST[name][at] ^ chance.randrange(1, 256)])))
    return chosen


def run(folder: Path, name: str, at: int, byte: bytes, *mode: str) -> runs.Result:
    """Check the honest ledger with one byte changed."""
    data = HONEST[name]
    return runs.check({**HONEST, name: data[:at] + byte + data[at + 1 :]}, folder, *mode)


@pytest.mark.parametrize("seed", range(10))
def test_a_flipped_byte_is_never_ok(tmp_path: Path, seed: int) -> None:
    for flip in flips(seed, FULL, 200):
        done = run(tmp_path, *flip)
        assert done.status in (1, 3), flip
        assert "something published is malformed" not in done.line, flip


def test_a_flipped_byte_is_never_ok_in_light_mode(tmp_path: Path) -> None:
    for flip in flips(99, LIGHT, 400):
        assert run(tmp_path, *flip, "--light").status in (1, 3), flip


def test_a_flip_in_a_file_that_is_not_read(tmp_path: Path) -> None:
    for flip in flips(98, HASHES, 10):
        assert run(tmp_path, *flip).status == 0


def test_cut_files(tmp_path: Path) -> None:
    for name in FULL:
        for end in (0, 1, len(HONEST[name]) // 2, len(HONEST[name]) - 1):
            done = runs.check({**HONEST, name: HONEST[name][:end]}, tmp_path)
            # only the newline at the end of the list of keys means nothing
            assert done.status in (
                (0,) if name.endswith("vkey") and end > 1 and end == len(HONEST[name]) - 1 else (1, 3)
            )


def test_random_files(tmp_path: Path) -> None:
    chance = random.Random(5)
    for name in FULL:
        for length in (1, 2, 3, 50, 3000):
            assert runs.check({**HONEST, name: chance.randbytes(length)}, tmp_path).status in (1, 3)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "null", "7", '{"ledger":7}', '{"ledger":{}}', '{"a":' * 50_000, "9" * 9000]
)
def test_an_api_that_answers_nonsense(tmp_path: Path, text: str) -> None:
    assert runs.check({**HONEST, "count.json": text.encode()}, tmp_path).status == 1


def test_flips_anywhere_in_a_bundle(tmp_path: Path) -> None:
    """Also in the headers of the tar, where a changed owner or date means nothing."""
    chance, tar, path = random.Random(7), forge.tar_of(HONEST), tmp_path / "letter.tar"
    for _ in range(300):
        at = chance.randrange(len(tar))
        path.write_bytes(tar[:at] + bytes([tar[at] ^ chance.randrange(1, 256)]) + tar[at + 1 :])
        runs.here("--bundle", path, "--now", forge.time(360))
