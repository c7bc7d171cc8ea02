"""What became of each signature, out of the leaves alone, held against the forge's own count."""

from __future__ import annotations

import pytest

from letters.ledger.batches import ACTIVE, LOST, REMOVED, WITHDRAWN
from letters.ledger.forms import BadLeaf
from letters.ledger.states import States
from tests.verify import forge


def read(leaves: list[bytes]) -> States:
    """Return what a whole ledger comes to."""
    states = States()
    for leaf in leaves:
        states.add(leaf)
    return states


def test_a_letter_with_a_life() -> None:
    made = forge.honest()
    states = read(made.leaves)
    assert {name: states.parts()[name] for name in made.numbers} == made.numbers
    assert (states.size, states.signed, states.texts, states.closed) == (
        300,
        made.numbers["signed"],
        2,
        False,
    )
    told = {7: WITHDRAWN, 8: REMOVED, 9: ACTIVE, 10: WITHDRAWN, 11: LOST, 12: ACTIVE, 0: "", 299: "", 300: ""}
    assert {index: states.state(index) for index in told} == told
    assert (states.method(5), states.method(6), states.claim(5), states.claim(6)) == ("orcid", "email", 5, 45)
    assert (states.text(6), states.text(60), states.kind(5)) == (1, 2, "person")


def test_the_parts_split_what_counts() -> None:
    states = read(forge.honest().leaves)
    parts = states.parts()
    assert parts["persons"] + parts["organizations"] == parts["count"]
    assert sum(figure for name, figure in parts.items() if name.startswith("by_")) == parts["count"]
    assert parts["by_orcid"] == 1 + 299 - 115  # one changed, and the last batch but its tally


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (forge.leaf("withdraw", i=7), "leaf 7 cannot become withdrawn: it is withdrawn"),
        (forge.leaf("withdraw", i=0), "leaf 0 cannot become withdrawn: it is no signature"),
        (forge.leaf("withdraw", i=300), "it is no signature"),
        (forge.leaf("remove", i=[8], r="flood"), "leaf 8 cannot become removed: it is removed"),
        (forge.leaf("restore", i=[12]), "leaf 12 cannot become active: it is active"),
        (forge.leaf("lost", i=[8], why="a restore"), "leaf 8 cannot become lost: it is removed"),
        (forge.leaf("method", i=11, m="orcid"), "leaf 11 is no signature that could change"),
        (forge.leaf("amend", c="A" * 43, i=7, lang="en", n=1), "leaf 7 is no signature that could change"),
        (forge.leaf("amend", c="A" * 43, i=12, lang="en", n=3), "there is no text 3 yet"),
        (forge.leaf("text", h="0" * 64, lang="en", n=2), "text 2 comes where text 3 should"),
        (forge.leaf("vote", i=7), "unknown type"),
    ],
)  # fmt: skip
def test_a_leaf_that_may_not_stand_there(leaf: bytes, words: str) -> None:
    states = read(forge.honest().leaves)
    with pytest.raises(BadLeaf, match=words):
        states.add(leaf)


def test_a_tally_that_does_not_add_up() -> None:
    made = forge.honest()
    made.numbers["signed"] += 1
    made.numbers["count"] += 1
    made.tally(310)
    with pytest.raises(BadLeaf, match="the tally says"):
        read(made.leaves)
