"""docs/ledger.md says what the code does, and another program agrees."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pytest_django import Settings

from letters import limits
from letters.ledger import forms, leaves, notes
from letters.ledger.states import MOVES
from tests.ledger import example
from tests.verify import forge, runs

TEXT = example.DOCUMENT.read_text("utf-8")


def test_the_example_is_what_the_code_gives() -> None:
    assert example.filled(TEXT) == TEXT
    assert set(re.findall(r"<!-- example: (\w+) -->", TEXT)) == set(example.blocks())


def test_every_leaf_with_its_keys_stands_in_the_table() -> None:
    table = TEXT[TEXT.index("## 2. Leaves") : TEXT.index("| key | form |")]
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", table, re.MULTILINE))
    told = {name: set(re.findall(r"`(\w+)`", keys)) for name, keys in rows.items()}
    assert {name: told[name] for name in leaves.FORMS} == {
        name: set(keys) for name, keys in leaves.FORMS.items()
    }


def test_every_word_that_a_leaf_may_hold_is_named() -> None:
    for word in (*forms.KINDS, *forms.METHODS, *forms.REASONS, *MOVES):
        assert f"`{word}`" in TEXT, word


def test_the_numbers_are_those_of_the_code(settings: Settings) -> None:
    said = " ".join(TEXT.split())
    assert f"at most {leaves.MOST_BYTES:,} bytes" in said
    assert f"at most {forms.MOST_INDEXES} places" in said
    assert f"every {limits.HEARTBEAT.total_seconds() / 3600:.0f} hours" in said
    assert f"within {limits.SEALED_WITHIN.total_seconds() / 60:.0f} minutes" in said
    assert f"{limits.CONFIRM_GRACE.total_seconds() / 3600:.0f} hours" in said


def test_the_verifier_accepts_the_example_and_its_receipt(tmp_path: Path) -> None:
    (tmp_path / "letter.tar").write_bytes(forge.tar_of(example.files()))
    (tmp_path / "me.json").write_text(json.dumps(example.receipt()), "utf-8")
    vkey = example.blocks()["vkey"]
    at = ["--now", "2026-11-23T02:10:00Z", "--vkey", vkey]
    for words in (["--receipt", tmp_path / "me.json"], ["--light"]):
        done = runs.process("--bundle", tmp_path / "letter.tar", *at, *words)
        assert done.status == 0, done.output
    assert "OK: 1 signatures as of 2026-11-23T02:09:00Z, proven by 9 leaves" in done.line


def test_another_program_lays_out_the_same_example() -> None:
    made = forge.Forge("letters.example.org")
    made.origin = example.ORIGIN
    made.signers = [forge.Signer(made.origin, example.SEED)]
    made.leaves, made.texts = example.ledger(), [example.TEXT]
    ours = {name: data for name, data in example.files().items() if name != "count.json"}
    theirs = {name.replace(forge.ID, example.LETTER): data for name, data in made.files().items()}
    theirs.pop("count.json")
    assert theirs == ours


def test_the_key_is_the_one_of_the_rfc() -> None:
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert notes.parse_vkey(example.blocks()["vkey"]).public_key.hex() == public
