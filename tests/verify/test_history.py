"""A site that rewrites its history and signs it again: whoever kept a checkpoint sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.verify import forge, runs
from tests.verify.forge import Forge, Signer
from tests.verify.test_tampering import REMOVE, Change, rewrite, swap


def grown(change: Change | None = None) -> Forge:
    """The honest ledger with another batch, and with a change to what was there before."""
    made = forge.honest()
    if change:
        change(made)
    made.sign(5)
    made.tally(310)
    return made


def drop_a_batch(made: Forge) -> None:
    """Leave out the last batch as if it had never been."""
    del made.leaves[114:]
    made.numbers.update(count=96, signed=100)


REWRITES: dict[str, Change] = {
    "changed method": rewrite(30, m="orcid"),
    "changed kind": rewrite(30, k="organization"),
    "changed reason": rewrite(REMOVE, r="court"),
    "another commitment": rewrite(30, c=forge.url64(b"x" * 32)),
    "reorder": swap(30, 31),
    "backdating": rewrite(48, at=forge.time(15)),
    "other rules": rewrite(0, rules="0" * 64),
    "drop a batch": drop_a_batch,
}


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    """What a run over the honest ledger remembers."""
    path = tmp_path / "seen.json"
    assert runs.check(forge.honest(), tmp_path, "--state", path, run=runs.process).status == 0
    return path


@pytest.mark.parametrize("name", REWRITES)
def test_state_finds_what_no_rule_finds(tmp_path: Path, seen: Path, name: str) -> None:
    made = grown(REWRITES[name])
    before = seen.read_bytes()
    assert runs.check(made, tmp_path).status == 0
    done = runs.check(made, tmp_path, "--state", seen, run=runs.process)
    assert done.status == 1
    assert "rewritten history" in done.line
    assert seen.read_bytes() == before


@pytest.mark.parametrize("name", REWRITES)
def test_a_pasted_checkpoint_finds_it_too(tmp_path: Path, name: str) -> None:
    pasted = tmp_path / "pasted.txt"
    pasted.write_text("\r\n" + forge.honest().checkpoint().replace("\n", "\r\n"), "utf-8")
    assert runs.check(grown(), tmp_path, "--checkpoint", pasted).status == 0
    done = runs.check(grown(REWRITES[name]), tmp_path, "--checkpoint", pasted, run=runs.process)
    assert done.status == 1
    assert "rewritten history" in done.line


def test_state_follows_an_honest_ledger(tmp_path: Path, seen: Path) -> None:
    made = grown()
    done = runs.check(made, tmp_path, "--state", seen)
    assert done.status == 0
    assert "The first 300 leaves are those of the remembered checkpoint" in done.output
    kept = json.loads(seen.read_bytes())[made.origin]
    assert (kept["size"], kept["note"]) == (306, made.checkpoint())
    assert list(tmp_path.glob("seen.json*")) == [seen]


def test_a_smaller_tree(tmp_path: Path, seen: Path) -> None:
    made = forge.honest()
    del made.leaves[114:]
    made.numbers.update(count=96, signed=100)
    made.at = forge.time(200)
    assert runs.check(made, tmp_path).status == 0
    done = runs.check(made, tmp_path, "--state", seen)
    assert (done.status, "rewritten history" in done.line) == (1, True)


def test_state_keeps_the_ledgers_apart(tmp_path: Path, seen: Path) -> None:
    other = forge.honest("other.example")
    (tmp_path / "other.tar").write_bytes(forge.tar_of(other.files()))
    done = runs.here("--bundle", tmp_path / "other.tar", "--state", seen, "--now", forge.time(360))
    assert done.status == 0
    assert len(json.loads(seen.read_bytes())) == 2


def test_state_remembers_a_key_that_it_came_to_believe(tmp_path: Path, seen: Path) -> None:
    """Both keys sign for a while, then the new one alone: nothing kept names the old one any more."""
    made = forge.honest()
    old, new = made.signers[0], Signer(made.origin, b"n" * 32)
    for signers in ([old, new], [new], [new], [new]):
        made.signers = signers
        assert runs.check(made, tmp_path, "--state", seen).status == 0
    kept = json.loads(seen.read_text("utf-8"))[made.origin]
    assert kept["vkeys"] == [old.vkey, new.vkey]


def test_state_pins_the_key_of_the_first_time(tmp_path: Path, seen: Path) -> None:
    made = grown()
    made.signers = [forge.Signer(made.origin, b"e" * 32)]
    assert runs.check(made, tmp_path).status == 0
    assert runs.check(made, tmp_path, "--state", seen).status == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"%s":{}}', '{"%s":7}', '{"%s":{"note":"x","vkeys":[]}}'])
def test_a_state_that_is_damaged(tmp_path: Path, text: str) -> None:
    path = tmp_path / "seen.json"
    path.write_text(text.replace("%s", forge.honest().origin), "utf-8")
    assert runs.check(forge.honest(), tmp_path, "--state", path).status == 1


def test_a_pasted_checkpoint_that_is_not_of_this_ledger_or_not_signed(tmp_path: Path) -> None:
    pasted = tmp_path / "pasted.txt"
    real = forge.honest().checkpoint(150)
    for text in (
        forge.honest("other.example").checkpoint(),
        real.replace("150", "151"),
        real[:-9] + "AAAAAAA=\n",
        "",
        "\n\n",
    ):
        pasted.write_text(text, "utf-8")
        assert runs.check(forge.honest(), tmp_path, "--checkpoint", pasted).status == 1
