"""Whose signature is believed: a pinned key, the site's own, and keys that a believed tree announces."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify import forge, runs
from tests.verify.forge import Signer

NEW = Signer(forge.honest().origin, b"n" * 32)
"""The key that leaf 114 of the honest ledger announces."""
EVIL = Signer(NEW.name, b"e" * 32)
OLD = forge.honest().signers[0]


def test_a_pinned_key(tmp_path: Path) -> None:
    done = runs.check(forge.honest(), tmp_path, "--vkey", OLD.vkey)
    assert done.status == 0
    assert "taken from the site" not in done.output
    assert runs.check(forge.honest(), tmp_path, "--vkey", EVIL.vkey).status == 1


def test_a_site_that_signs_with_another_key(tmp_path: Path) -> None:
    made = forge.honest()
    made.signers = [EVIL]
    assert runs.check(made, tmp_path).status == 0  # what the site serves, it can change: the output says so
    assert "not signed by a known key" in runs.check(made, tmp_path, "--vkey", OLD.vkey).line
    made.vkeys = [OLD.vkey]
    assert runs.check(made, tmp_path).status == 1
    assert runs.check(made, tmp_path, "--light").status == 1


def test_both_keys_sign_during_a_rotation(tmp_path: Path) -> None:
    made = forge.honest()
    made.signers = [OLD, NEW]
    for key in (OLD, NEW):
        assert runs.check(made, tmp_path, "--vkey", key.vkey).status == 0


def test_a_new_key_needs_a_tree_that_the_old_one_signed(tmp_path: Path) -> None:
    made = forge.honest()
    made.signers = [NEW]
    assert runs.check(made, tmp_path, "--vkey", OLD.vkey).status == 1  # a key cannot introduce itself
    bridge = tmp_path / "bridge.txt"
    bridge.write_text(made.checkpoint(200, [OLD]), "utf-8")
    assert runs.check(made, tmp_path, "--vkey", OLD.vkey, "--checkpoint", bridge).status == 0
    bridge.write_text(made.checkpoint(114, [OLD]), "utf-8")  # before the announcement
    assert runs.check(made, tmp_path, "--vkey", OLD.vkey, "--checkpoint", bridge).status == 1


def test_a_new_key_does_not_sign_what_was_before_it(tmp_path: Path) -> None:
    pasted = tmp_path / "pasted.txt"
    for size, status in ((114, 1), (115, 0)):
        pasted.write_text(forge.honest().checkpoint(size, [NEW]), "utf-8")
        assert (
            runs.check(forge.honest(), tmp_path, "--vkey", OLD.vkey, "--checkpoint", pasted).status == status
        )


def test_signatures_of_strangers_are_passed_over(tmp_path: Path) -> None:
    made = forge.honest()
    made.signers = [Signer("witness.example"), OLD, EVIL]
    made.vkeys = [OLD.vkey]
    assert runs.check(made, tmp_path).status == 0


@pytest.mark.parametrize(
    "vkey",
    ["", "x", OLD.vkey + "A", OLD.vkey.replace("+A", "+B"), "other" + OLD.vkey, "\x1b[2J", "\u00e9", "a+b+c"],
)
def test_a_key_that_is_none(tmp_path: Path, vkey: str) -> None:
    made = forge.honest()
    made.vkeys = [vkey]
    done = runs.check(made, tmp_path)
    assert done.status == 1
    assert done.output.isascii()
    assert "\x1b" not in done.output


@pytest.mark.parametrize(
    "note",
    [
        "", "\n", "\n\n", "a\nb\nc\n\n", "{0}", "{0}\n", "{0}\n\N{EM DASH} x\n", "{0}\n\N{EM DASH} x AAAA\n",
        "{0}\n- {1}", "{0}\n\N{EM DASH} {1} AAAA\n", "{0}\n{2}{3}", "{0}more\n\n{2}", "{0}\n{2}\n",
    ],
)  # fmt: skip
def test_a_checkpoint_that_is_none(tmp_path: Path, note: str) -> None:
    made = forge.honest()
    body, signature = made.checkpoint().split("\n\n")
    text = note.format(body + "\n", OLD.name, signature, "\N{EM DASH} " * 200)
    files = {**made.files(), f"ledger/{forge.ID}/checkpoint": text.encode()}
    assert runs.check(files, tmp_path).status == 1
