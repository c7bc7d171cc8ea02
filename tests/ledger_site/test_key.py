"""A site that rewrites its own history and signs it: what the rules find, and what only memory finds.

Whoever holds the key can sign any tree. A tree that breaks a rule of the format is found by every stranger
at once. One that keeps all rules is another true-looking history: the verifier says OK to a stranger who
comes for the first time, and only somebody who kept a checkpoint (--state, --checkpoint) finds it. Whoever
holds no key of the site may sign with one of their own; that is found by --vkey, or by --state, which pins
the key of the first time. Each test that expects an OK states that limit, which docs/ledger.md states too.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger_site import changes, hands, places
from tests.ledger_site.changes import Change
from tests.ledger_site.life import Life
from tests.verify.forge import Signer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seen(site: str, life: Life, tmp_path: Path) -> Path:
    """What a stranger remembers of an earlier check."""
    path = tmp_path / "seen.json"
    assert places.check_site(site, life, "--state", path).status == 0
    return path


@pytest.fixture
def pasted(life: Life, tmp_path: Path) -> Path:
    """The checkpoint that stood in an article before the last two seals."""
    path = tmp_path / "pasted.txt"
    path.write_text(life.notes[1], "utf-8")
    return path


BROKEN: dict[str, tuple[Change, str]] = {
    "drop": (changes.drop, "the tally says"),
    "duplicate": (changes.duplicate, "the tally says"),
    "reorder over batches": (changes.reorder_batches, "it is no signature"),
    "flipped bit": (changes.flip_a_bit, "not in the canonical form"),
    "wrong count": (changes.count_wrongly, "the tally says"),
    "backdating before the tally before": (changes.date_back_before, "time runs backwards"),
    "spacing": (changes.space, "not in the canonical form"),
    "truncation in a batch": (changes.cut_a_leaf, "not a tally"),
    "double withdrawal": (changes.withdraw_twice, "it is withdrawn"),
    "invented reason": (changes.invent_a_reason, "not in the canonical form"),
    "unknown type": (changes.invent_a_type, "unknown type"),
}
KEPT: dict[str, Change] = {
    "reorder": changes.reorder,
    "another commitment": changes.put_another,
    "changed method": changes.change_method,
    "backdating": changes.date_back,
    "changed reason": changes.change_reason,
    "truncation of a batch": changes.cut_a_batch,
    "signatures of nobody": changes.count_silently,
}
LATE = {"truncation of a batch"}
"""What this takes away came after the pasted checkpoint, which still is a beginning of what is left."""


@pytest.mark.parametrize("name", BROKEN)
def test_signed_by_the_site_but_against_a_rule(site: str, life: Life, name: str) -> None:
    change, words = BROKEN[name]
    hands.rewrite(life, change, key=True)
    done = places.check_site(site, life)
    assert done.status == 1
    if name == "truncation in a batch":  # the API cannot show a tally that is not there
        return
    assert words in done.line, done.line


@pytest.mark.parametrize("name", KEPT)
def test_signed_by_the_site_and_true_to_all_rules_is_found_by_state_alone(
    site: str, life: Life, seen: Path, name: str
) -> None:
    """The first run, of a stranger without memory, says OK: that is the limit. --state finds it."""
    hands.rewrite(life, KEPT[name], key=True)
    before = seen.read_bytes()
    assert places.check_site(site, life).status == 0
    done = places.check_site(site, life, "--state", seen)
    assert (done.status, "rewritten history" in done.line) == (1, True), done.line
    assert seen.read_bytes() == before


@pytest.mark.parametrize("name", KEPT)
def test_signed_by_the_site_and_true_to_all_rules_is_found_by_a_pasted_checkpoint(
    site: str, life: Life, pasted: Path, name: str
) -> None:
    """An old checkpoint finds what it covers; what came after it, a newer one does."""
    newest = pasted.with_name("newest.txt")
    newest.write_text(life.note(), "utf-8")
    hands.rewrite(life, KEPT[name], key=True)
    done = places.check_site(site, life, "--checkpoint", pasted)
    assert done.status == (0 if name in LATE else 1), done.line
    done = places.check_site(site, life, "--checkpoint", newest)
    assert (done.status, "rewritten history" in done.line) == (1, True), done.line


def test_a_rewrite_between_two_checkpoints_while_the_ledger_grows(
    site: str, life: Life, seen: Path, pasted: Path
) -> None:
    """The site goes on sealing upon the rewritten leaves: OK to a newcomer, found by memory."""
    made = changes.copied(life)
    changes.put_another(made)
    made.sign(5)
    made.tally(0)
    tell_of_another_batch(made, life)
    hands.put_leaves(life, made)
    hands.put_state(life, made, made.checkpoint())
    assert places.check_site(site, life).status == 0
    for argument in (("--state", seen), ("--checkpoint", pasted)):
        done = places.check_site(site, life, *argument)
        assert (done.status, "rewritten history" in done.line) == (1, True), done.line


def tell_of_another_batch(made: changes.Forge, life: Life) -> None:
    """Date the last tally after the one before it."""
    changes.rewrite(made, len(made.leaves) - 1, at=changes.stamp(life.clock + changes.SIX_HOURS / 6))
    changes.tell(made)


@pytest.mark.parametrize("name", ["another commitment", "signatures of nobody"])
def test_signed_with_a_key_of_their_own(site: str, life: Life, seen: Path, tmp_path: Path, name: str) -> None:
    """Without the site's key, but with its web server: their own key stands where the site's stood.

    A stranger who takes the key from the site is told that this proves little, and gets an OK. Whoever
    knows the key (--vkey) or came before (--state) does not.
    """
    made = changes.copied(life)
    known = made.signers[0].vkey
    KEPT[name](made)
    made.signers = [Signer(made.origin, b"e" * 32)]
    hands.put_leaves(life, made)
    hands.put_state(life, made, made.checkpoint(), [made.signers[0].vkey])
    done = places.check_site(site, life)
    assert done.status == 0, done.line
    assert "The key was taken from the site itself, which proves little." in done.output
    for argument in (("--vkey", known), ("--state", seen)):
        assert places.check_site(site, life, *argument).status == 1


def test_the_honest_site_goes_on(site: str, life: Life, seen: Path, pasted: Path) -> None:
    life.confirm(5)
    life.withdraw(8)
    life.seal()
    for argument in (("--state", seen), ("--checkpoint", pasted)):
        done = places.check_site(site, life, *argument)
        assert done.status == 0, done.line
        assert "none was changed since" in done.output
