"""A hand in the database that holds no key: it can change rows, but it cannot sign what it made of them.

Each test changes the ledger past the triggers, twice: the leaves alone, under the note that was signed; then
also checkpoint, tally and note, so that all of it fits together but for the signature. A stranger sees both
over HTTP, in the full mode without knowing anything beforehand.
"""

from __future__ import annotations

import pytest

from letters.models import Leaf
from tests.ledger_site import changes, hands, places
from tests.ledger_site.changes import Change
from tests.ledger_site.life import Life

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = "the checkpoint has another root"


def found(site: str, life: Life, change: Change, words: str = ROOT) -> None:
    """The leaves alone are found by `words`, and all that fits them by the signature, or by a rule."""
    made = changes.copied(life)
    change(made)
    hands.put_leaves(life, made)
    done = places.check_site(site, life)
    assert (done.status, words in done.line) == (1, True), done.line
    fitted(site, life, made)


def fitted(site: str, life: Life, made: changes.Forge) -> None:
    """Everything was made to fit, only the signature is of something else."""
    hands.put_state(life, made, changes.under_the_old_signature(made, life.note()))
    done = places.check_site(site, life)
    assert done.status == 1
    broken = [words for words in ("the signature of the checkpoint is wrong", "leaf ") if words in done.line]
    assert broken, done.line


def missing(site: str, life: Life, change: Change) -> None:
    """With fewer leaves than were signed a file cannot be served: that alone proves nothing, and is said."""
    made = changes.copied(life)
    change(made)
    hands.put_leaves(life, made)
    done = places.check_site(site, life)
    assert (done.status, "answers 404" in done.line) == (3, True), done.line
    fitted(site, life, made)


def test_nothing_changed(site: str, life: Life) -> None:
    """The hand itself leaves no trace: the tests below find the change, not the tool."""
    hands.rewrite(life, lambda made: None, key=False)
    done = places.check_site(site, life)
    assert done.status == 0, done.line


def test_a_signature_dropped(site: str, life: Life) -> None:
    found(site, life, changes.drop, "the tally says")


def test_a_signature_dropped_and_another_put_at_the_end_of_its_batch(site: str, life: Life) -> None:
    def change(made: changes.Forge) -> None:
        changes.drop(made)
        made.leaves.insert(changes.place(made, "tally", 1), made.leaves[changes.place(made, "sign", 5)])
        changes.put_another(made)

    found(site, life, change)


def test_a_signature_doubled(site: str, life: Life) -> None:
    found(site, life, changes.duplicate, "the tally says")


def test_two_signatures_in_another_order(site: str, life: Life) -> None:
    found(site, life, changes.reorder)


def test_a_withdrawal_moved_before_its_signature(site: str, life: Life) -> None:
    found(site, life, changes.reorder_batches, "it is no signature")


def test_one_bit_flipped(site: str, life: Life) -> None:
    found(site, life, changes.flip_a_bit, "not in the canonical form of a sign leaf")


def test_another_commitment(site: str, life: Life) -> None:
    found(site, life, changes.put_another)


def test_another_method(site: str, life: Life) -> None:
    found(site, life, changes.change_method)


def test_a_number_that_is_one_too_high(site: str, life: Life) -> None:
    found(site, life, changes.count_wrongly, "the tally says")


def test_a_tally_dated_back(site: str, life: Life) -> None:
    found(site, life, changes.date_back)


def test_a_tally_dated_back_before_the_one_before(site: str, life: Life) -> None:
    found(site, life, changes.date_back_before, "time runs backwards")


def test_a_space_more(site: str, life: Life) -> None:
    found(site, life, changes.space, "not in the canonical form")


def test_the_last_leaf_cut_off(site: str, life: Life) -> None:
    missing(site, life, changes.cut_a_leaf)


def test_the_last_batch_cut_off(site: str, life: Life) -> None:
    missing(site, life, changes.cut_a_batch)


def test_a_withdrawal_written_twice(site: str, life: Life) -> None:
    found(site, life, changes.withdraw_twice, "it is withdrawn")


def test_another_reason(site: str, life: Life) -> None:
    found(site, life, changes.change_reason)


def test_a_reason_that_does_not_exist(site: str, life: Life) -> None:
    found(site, life, changes.invent_a_reason, "not in the canonical form")


def test_a_type_that_does_not_exist(site: str, life: Life) -> None:
    found(site, life, changes.invent_a_type, "unknown type")


def test_signatures_of_nobody_in_an_earlier_batch(site: str, life: Life) -> None:
    found(site, life, changes.count_silently)


def test_another_text_of_the_letter(site: str, life: Life) -> None:
    hands.run("UPDATE letters_lettertext SET body = body || ' now' WHERE letter_id = %s", life.letter.pk)
    done = places.check_site(site, life)
    assert "text 1 of the letter is not the one in the ledger" in done.line


def test_a_signature_of_the_old_tree_under_a_note_of_a_new_one_in_light_mode(site: str, life: Life) -> None:
    hands.rewrite(life, changes.count_wrongly, key=False)
    done = places.check_site(site, life, "--light")
    assert (done.status, "the signature of the checkpoint is wrong" in done.line) == (1, True)


def test_the_triggers_refuse_all_of_this_before_they_are_switched_off(life: Life) -> None:
    leaves = Leaf.objects.filter(letter=life.letter)
    for attempt in (leaves.delete, lambda: leaves.update(data=b"")):
        with pytest.raises(Exception, match="Cannot update or delete rows from letters_leaf table"):
            attempt()
