"""A receipt shows its owner that their signature is in the number, and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.verify import forge, runs
from tests.verify.runs import Result


def check(folder: Path, receipt: Any, run: Any = runs.here) -> Result:
    """Check a receipt against the honest ledger."""
    path = folder / "me.json"
    path.write_text(receipt if isinstance(receipt, str) else json.dumps(receipt), "utf-8")
    return runs.check(forge.honest(), folder, "--receipt", path, run=run)


@pytest.mark.parametrize(
    ("index", "words"),
    [(30, "counted"), (7, "withdrawn"), (8, "removed"), (9, "counted"), (11, "lost"), (298, "counted")],
)
@pytest.mark.parametrize("size", [None, 299])
def test_a_receipt_says_what_became_of_the_signature(
    tmp_path: Path, index: int, words: str, size: int | None
) -> None:
    done = check(tmp_path, forge.honest().receipt(index, size), runs.process)
    assert done.status == 0
    assert f"Your receipt opens leaf {index}, signed as 'Zo\\xeb {index}'." in done.output
    assert f"Your signature is now {words}." in done.output


def test_a_receipt_of_an_amended_signature(tmp_path: Path) -> None:
    early, late = check(tmp_path, forge.honest().receipt(6)), check(tmp_path, forge.honest().receipt(45))
    assert (early.status, late.status) == (0, 0)
    assert "It was changed later, by leaf 45" in early.output
    assert "Your receipt opens leaf 45, signed as 'Ada'" in late.output
    assert "changed later" not in late.output


def of_another() -> dict[str, Any]:
    """Ben's claim and salt with Ada's leaf."""
    made = forge.honest()
    return {**made.receipt(30), "claim": made.receipt(31)["claim"], "salt": made.receipt(31)["salt"]}


def with_claim(**fields: Any) -> dict[str, Any]:
    """A receipt with another claim."""
    receipt = forge.honest().receipt(30)
    return {**receipt, "claim": {**receipt["claim"], **fields}}


REFUSED: dict[str, Any] = {
    "another's": of_another(),
    "another name": with_claim(name="Ben"),
    "another index": {**forge.honest().receipt(30), "index": 31},
    "another leaf": {**forge.honest().receipt(30), "leaf": forge.honest().receipt(31)["leaf"]},
    "another letter": {**forge.honest().receipt(30), "letter": "other.example/ledger/" + forge.ID},
    "no proof": {**forge.honest().receipt(30), "proof": []},
    "a proof too long": {**forge.honest().receipt(30), "proof": forge.honest().receipt(30)["proof"] * 9},
    "another proof": {**forge.honest().receipt(30), "proof": forge.honest().receipt(31)["proof"]},
    "an index beyond": {**forge.honest().receipt(30), "index": 300},
    "a checkpoint nobody signed": {**forge.honest().receipt(30), "checkpoint": "x"},
    "a half character": with_claim(name="\ud800"),
    "no claim": {**forge.honest().receipt(30), "claim": None},
    "a tally": {**forge.honest().receipt(30), "leaf": forge.honest().leaves[-1].decode()},
    "an empty object": {},
    "a list": [],
    "nothing": "",
    "depth": "[" * 100_000,
    "a large number": '{"index":' + "9" * 10_000 + "}",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_receipt_that_proves_nothing(tmp_path: Path, name: str) -> None:
    assert check(tmp_path, REFUSED[name]).status == 1


@pytest.mark.parametrize("field", ["letter", "index", "claim", "salt", "leaf", "proof", "checkpoint"])
@pytest.mark.parametrize("value", [None, 7, -1, 1.5, "x", [], {}, ["x"], True])
def test_a_receipt_with_nonsense_in_a_field(tmp_path: Path, field: str, value: Any) -> None:
    assert check(tmp_path, {**forge.honest().receipt(30), field: value}).status == 1


def test_a_claim_for_another_letter_or_text(tmp_path: Path) -> None:
    for claim in ({"origin": "other.example/ledger/x"}, {"text": "0" * 64}):
        made = forge.honest()
        index = len(made.leaves)
        made.add("sign", c=made.commitment(index, "Ada", **claim), k="person", lang="en", m="email", n=2)
        made.numbers["signed"] += 1
        made.numbers["count"] += 1
        made.tally(310)
        path = tmp_path / "me.json"
        path.write_text(json.dumps(made.receipt(index)), "utf-8")
        done = runs.check(made, tmp_path, "--receipt", path)
        assert (done.status, "about another" in done.line) == (1, True)


def test_a_receipt_for_a_tree_that_was_rewritten(tmp_path: Path) -> None:
    made = forge.honest()
    path = tmp_path / "me.json"
    path.write_text(json.dumps(made.receipt(30)), "utf-8")
    made.leaves[31] = made.leaves[31].replace(b"email", b"orcid")
    assert "rewritten history" in runs.check(made, tmp_path, "--receipt", path).line
