"""What a seal writes: which leaves, in which order, and where each change came to stand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from letters.ledger.batches import ACTIVE, REMOVED, WITHDRAWN, Batch, Change

NEW = Change(
    key=1,
    before="",
    after=ACTIVE,
    index=None,
    commitment=bytes(32),
    kind="person",
    language="en",
    method="email",
    method_before="",
    text=1,
    reason="",
)
KNOWN = replace(NEW, before=ACTIVE, index=7, commitment=None, method_before="email")


def written(*changes: Change, first: int = 100) -> tuple[Batch, list[dict[str, Any]]]:
    """Return the batch, and what its leaves say."""
    batch = Batch(first)
    batch.add_changes(changes)
    return batch, [json.loads(leaf) for leaf in batch.leaves]


def test_new_signatures_stand_in_the_order_of_their_commitments() -> None:
    arrived = [replace(NEW, key=key, commitment=bytes([byte]) * 32) for key, byte in ((1, 9), (2, 3), (3, 5))]
    batch, leaves = written(*arrived)
    assert [leaf["c"][0] for leaf in leaves] == ["A", "B", "C"]
    assert batch.signed == batch.claimed == {2: 100, 3: 101, 1: 102}
    assert batch.end == 103


def test_a_changed_claim_is_an_amend_leaf_and_moves_the_claim_alone() -> None:
    batch, [leaf] = written(replace(KNOWN, commitment=b"\1" * 32, text=2))
    assert (leaf["t"], leaf["i"], leaf["n"]) == ("amend", 7, 2)
    assert (batch.signed, batch.claimed) == ({}, {1: 100})


def test_a_stronger_method_is_a_leaf() -> None:
    _, [leaf] = written(replace(KNOWN, method="orcid"))
    assert leaf == {"i": 7, "m": "orcid", "t": "method", "v": 1}


def test_nothing_new_writes_nothing() -> None:
    assert written(KNOWN, replace(KNOWN, before=REMOVED, after=REMOVED))[1] == []


def test_one_who_withdraws_changes_nothing_else_any_more() -> None:
    last = replace(KNOWN, after=WITHDRAWN, commitment=b"\1" * 32, method="orcid")
    assert [leaf["t"] for leaf in written(last)[1]] == ["withdraw"]
    assert [leaf["t"] for leaf in written(replace(last, before=REMOVED))[1]] == ["withdraw"]


def test_removals_are_grouped_by_reason_and_sorted_by_place() -> None:
    gone = [
        replace(KNOWN, key=key, index=index, after=REMOVED, reason=reason)
        for key, index, reason in ((1, 9, "flood"), (2, 5, "flood"), (3, 2, "court"))
    ]
    _, leaves = written(*gone)
    assert [(leaf["r"], leaf["i"]) for leaf in leaves] == [("court", [2]), ("flood", [5, 9])]


@pytest.mark.parametrize(
    ("before", "after", "kind"), [(ACTIVE, REMOVED, "remove"), (REMOVED, ACTIVE, "restore")]
)
def test_a_leaf_names_256_places_at_most(before: str, after: str, kind: str) -> None:
    many = [replace(KNOWN, key=n, index=n, before=before, after=after, reason="flood") for n in range(600)]
    _, leaves = written(*reversed(many))
    assert [(leaf["t"], len(leaf["i"])) for leaf in leaves] == [(kind, 256), (kind, 256), (kind, 88)]
    assert [place for leaf in leaves for place in leaf["i"]] == list(range(600))


def test_what_happens_to_a_signature_follows_it() -> None:
    kinds = [
        leaf["t"]
        for leaf in written(
            replace(KNOWN, key=2, index=1, after=WITHDRAWN),
            replace(KNOWN, key=3, index=2, before=REMOVED),
            replace(KNOWN, key=4, index=3, after=REMOVED, reason="test"),
            replace(KNOWN, key=5, index=4, commitment=b"\1" * 32, method="openid"),
            NEW,
        )[1]
    ]
    assert kinds == ["sign", "amend", "method", "withdraw", "remove", "restore"]


@pytest.mark.parametrize(
    "change",
    [
        replace(NEW, commitment=None),
        replace(NEW, after=REMOVED),
        replace(NEW, after=WITHDRAWN),
        replace(KNOWN, index=None),
    ],
)
def test_what_the_rules_do_not_know_is_refused(change: Change) -> None:
    with pytest.raises(ValueError, match="change 1"):
        written(change)
