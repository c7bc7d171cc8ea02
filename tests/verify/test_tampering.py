"""What the verifier must catch (ledger.md, section 6), one test for each.

First without the key: the published files were changed, the signature stays. Then with it: the site
itself wrote another tree and signed that. What breaks a rule is found at once; what does not is a
different history, and is found by whoever kept a checkpoint (test_history.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.verify import forge, runs
from tests.verify.forge import Forge

Change = Callable[[Forge], Any]


def rewrite(index: int, **fields: Any) -> Change:
    """Change fields of one leaf."""

    def change(made: Forge) -> None:
        made.leaves[index] = forge.canonical({**json.loads(made.leaves[index]), **fields})

    return change


def raw(index: int, old: bytes, new: bytes) -> Change:
    """Change bytes of one leaf."""

    def change(made: Forge) -> None:
        assert old in made.leaves[index]
        made.leaves[index] = made.leaves[index].replace(old, new)

    return change


def swap(a: int, b: int) -> Change:
    """Change the order of two leaves."""

    def change(made: Forge) -> None:
        made.leaves[a], made.leaves[b] = made.leaves[b], made.leaves[a]

    return change


WITHDRAW, REMOVE, LAST = 46, 47, 299
CHANGES: dict[str, Change] = {
    "drop": lambda made: made.leaves.pop(30),
    "duplicate": lambda made: made.leaves.insert(30, made.leaves[30]),
    "reorder": swap(30, 31),
    "flipped bit": raw(30, b'"c":"', b'"c":#'),
    "changed method": rewrite(30, m="orcid"),
    "changed kind": rewrite(30, k="organization"),
    "wrong count": rewrite(LAST, count=281),
    "backdating": rewrite(LAST, at=forge.time(299)),
    "spacing": raw(30, b'","k"', b'", "k"'),
    "truncation": lambda made: made.leaves.__delitem__(slice(-1, None)),
    "double withdrawal": lambda made: made.leaves.insert(WITHDRAW + 1, made.leaves[WITHDRAW]),
    "changed reason": rewrite(REMOVE, r="court"),
    "unknown type": rewrite(30, t="vote"),
}


def test_the_places_are_what_they_are_called() -> None:
    types = [json.loads(forge.honest().leaves[index])["t"] for index in (30, WITHDRAW, REMOVE, LAST)]
    assert types == ["sign", "withdraw", "remove", "tally"]


@pytest.mark.parametrize("name", CHANGES)
def test_changed_files_under_the_old_signature(tmp_path: Path, name: str) -> None:
    honest, made = forge.honest(), forge.honest()
    CHANGES[name](made)
    changed = {path.partition(".p/")[0]: data for path, data in made.files().items()}
    files = {
        path: changed[path.partition(".p/")[0]] if "/tile/" in path else data
        for path, data in honest.files().items()
    }
    assert runs.check(files, tmp_path, run=runs.process).status == 1


# What the holder of the key cannot get past the rules, and the words that say so.
SIGNED: dict[str, tuple[Change, str]] = {
    "drop": (CHANGES["drop"], "leaf 42: the tally says"),
    "duplicate": (CHANGES["duplicate"], "the tally says"),
    "reorder": (swap(7, WITHDRAW), "leaf 7: cannot make leaf 7 withdrawn: it is no signature"),
    "flipped bit": (CHANGES["flipped bit"], "leaf 30: not in the canonical form of a sign leaf"),
    "changed method": (rewrite(30, m="phone"), "leaf 30: not in the canonical form"),
    "wrong count": (CHANGES["wrong count"], "leaf 299: the tally says"),
    "backdating": (rewrite(LAST, at=forge.time(200)), "time runs backwards"),
    "spacing": (CHANGES["spacing"], "leaf 30: not in the canonical form"),
    "truncation": (CHANGES["truncation"], "the last leaf is a sign leaf, not a tally"),
    "double withdrawal": (CHANGES["double withdrawal"], "cannot make leaf 7 withdrawn: it is withdrawn"),
    "changed reason": (rewrite(REMOVE, r="critical"), "not in the canonical form of a remove leaf"),
    "unknown type": (CHANGES["unknown type"], "leaf 30: unknown type"),
    "duplicate key": (raw(30, b'"m":"email"', b'"m":"email","m":"email"'), "not in the canonical form"),
    "more keys": (rewrite(30, name="Ada"), "not in the canonical form"),
    "fewer keys": (raw(30, b'"lang":"en",', b""), "not in the canonical form"),
    "another version": (rewrite(30, v=2), "not in the canonical form"),
    "a true for a one": (rewrite(30, v=True), "not in the canonical form"),
    "a float": (rewrite(30, n=1.0), "not in the canonical form"),
    "a large number": (rewrite(30, n=2**53), "there is no text"),
    "a commitment with loose bits": (raw(30, b'","k"', b'B","k"'), "not in the canonical form"),
    "a long leaf": (rewrite(30, lang="en" + "-aaaaaaaa" * 500), "not in the canonical form"),
    "escapes": (raw(30, b'"email"', b'"\\u0065mail"'), "not in the canonical form"),
    "bytes beyond ASCII": (raw(30, b'"email"', b'"e\xc3\xafail"'), "not in the canonical form"),
    "brackets without end": (lambda made: made.leaves.__setitem__(30, b"[" * 4000), "unknown type"),
    "an empty leaf": (lambda made: made.leaves.__setitem__(30, b""), "unknown type"),
    "an unsorted list": (rewrite(REMOVE, i=[9, 8, 10]), "the list is not sorted"),
    "an index twice": (rewrite(REMOVE, i=[8, 8, 9]), "the list is not sorted"),
    "an empty list": (rewrite(REMOVE, i=[]), "not in the canonical form"),
    "removal of what is no signature": (rewrite(REMOVE, i=[0]), "it is no signature"),
    "removal of what is not yet there": (rewrite(REMOVE, i=[250]), "it is no signature"),
    "removal of itself": (rewrite(REMOVE, i=[REMOVE]), "it is no signature"),
    "restoring what counts": (rewrite(49, i=[12]), "cannot make leaf 12 counted: it is counted"),
    "restoring what was withdrawn": (rewrite(49, i=[7]), "cannot make leaf 7 counted: it is withdrawn"),
    "losing what was removed": (rewrite(112, i=[8]), "cannot make leaf 8 lost: it is removed"),
    "a method for no signature": (rewrite(44, i=1), "leaf 1 is no signature"),
    "an amendment of no signature": (rewrite(45, i=0), "leaf 0 is no signature"),
    "an amendment to no text": (rewrite(45, n=2), "there is no text 2"),
    "a signature under no text": (rewrite(30, n=2), "there is no text 2"),
    "text 0": (rewrite(30, n=0), "there is no text 0"),
    "texts out of turn": (rewrite(1, n=2), "text 2 comes where text 1 should"),
    "another letter": (rewrite(0, l="b" * 26), "the first leaf is of another letter"),
    "opened twice": (lambda made: made.leaves.insert(1, made.leaves[0]), "and no other, opens"),
    "never opened": (lambda made: made.leaves.pop(0), "the first leaf"),
    "a tally before the opening": (rewrite(0, at=forge.time(5)), "time runs backwards"),
    "a day that is none": (rewrite(LAST, at="2026-11-31T00:00:00Z"), "not a time"),
    "a damaged key": (rewrite(114, vkey=f"{forge.HOST}/ledger/{forge.ID}+00000000+AAAA"), "verification key"),
}


@pytest.mark.parametrize("name", SIGNED)
def test_another_tree_signed_by_the_site(tmp_path: Path, name: str) -> None:
    made = forge.honest()
    change, words = SIGNED[name]
    change(made)
    done = runs.check(made, tmp_path)
    assert done.status == 1
    assert words in done.line
    assert "malformed: " not in done.line


def test_the_same_signature_twice_with_a_right_tally(tmp_path: Path) -> None:
    made = forge.honest()
    made.leaves.append(made.leaves[30])
    made.numbers["signed"] += 1
    made.numbers["count"] += 1
    made.tally(310)
    assert "a signature was counted twice" in runs.check(made, tmp_path).line


def test_closing_twice_too_early_or_in_the_future(tmp_path: Path) -> None:
    for at, words in (((301, 302), "closed before"), ((-1,), "closed at"), ((9000,), "later than the tally")):
        made = forge.honest()
        for minute in at:
            made.add("close", at=forge.time(minute))
        made.tally(310)
        done = runs.check(made, tmp_path)
        assert (done.status, words in done.line) == (1, True)


@pytest.mark.parametrize(
    "shown",
    [
        {"confirmed": 281}, {"confirmed": 280.0}, {"confirmed": None}, {"as_of": forge.time(301)},
        {"as_of": 5}, {"ledger": {"size": 299}}, {"ledger": {"size": 301}}, {"ledger": {"size": 0}},
        {"ledger": {"root": forge.b64(b"r" * 32)}}, {"ledger": {"checkpoint": "file:///etc/passwd"}},
        {"ledger": {"checkpoint": f"https://elsewhere.example/ledger/{forge.ID}/checkpoint"}},
    ],
)  # fmt: skip
def test_a_site_that_shows_another_number(tmp_path: Path, shown: dict[str, Any]) -> None:
    made = forge.honest()
    made.shown = shown
    assert runs.check(made, tmp_path).status == 1
    assert runs.check(made, tmp_path, "--light").status == 1


def test_a_text_that_was_changed(tmp_path: Path) -> None:
    made = forge.honest()
    made.texts[0] = made.texts[0].replace(b"letter", b"lettre")
    assert "text 1 of the letter is not the one" in runs.check(made, tmp_path).line
