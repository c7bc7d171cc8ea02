"""Proofs that prove nothing: every check refuses what was changed by as much as a bit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from letters.ledger import merkle
from letters.ledger.merkle import EMPTY, BadProof
from tests.ledger import reference

LEAVES = [bytes([number]) for number in range(40)]
READ = reference.reader(LEAVES)
OTHER = merkle.leaf_hash(b"another")


def flipped(raw: bytes, chance: random.Random) -> bytes:
    bit = chance.randrange(len(raw) * 8)
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def bent(proof: list[bytes], chance: random.Random) -> Iterator[list[bytes]]:
    """Proofs unlike `proof`: longer, shorter, in another order, with other hashes."""
    yield [*proof, OTHER]
    yield [OTHER, *proof]
    yield [*proof, b"short"]
    for at, one in enumerate(proof):
        yield proof[:at] + proof[at + 1 :]
        yield [*proof[:at], flipped(one, chance), *proof[at + 1 :]]
        yield [*proof[:at], one, *proof[at:]]
        yield [*proof[:at], one[:-1], *proof[at + 1 :]]
    if len(proof) > 1:
        yield proof[::-1]


def refused(check: Any, **arguments: Any) -> None:
    with pytest.raises(BadProof):
        check(**arguments)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 32, 33])
def test_an_inclusion_proof_that_was_changed_is_refused(size: int) -> None:
    chance = random.Random(size)
    root = merkle.root_at(size=size, read=READ)
    for index in range(size):
        proof = merkle.inclusion_proof(index=index, size=size, read=READ)
        good: dict[str, Any] = {
            "leaf": READ(0, index),
            "index": index,
            "size": size,
            "root": root,
            "proof": proof,
        }
        merkle.verify_inclusion(**good)
        for other in bent(proof, chance):
            refused(merkle.verify_inclusion, **good | {"proof": other})
        for change in (
            {"leaf": flipped(READ(0, index), chance)},
            {"leaf": READ(0, index)[:-1]},
            {"root": flipped(root, chance)},
            {"index": -1},
            {"index": size},
            {"size": 0},
        ):
            refused(merkle.verify_inclusion, **good | change)
        for elsewhere in set(range(size)) - {index}:
            refused(merkle.verify_inclusion, **good | {"index": elsewhere})


def test_every_consistency_proof_that_was_changed_is_refused() -> None:
    chance = random.Random(0)
    roots = [merkle.root_at(size=size, read=READ) for size in range(len(LEAVES) + 1)]
    for new in range(1, 20):
        for old in range(1, new + 1):
            proof = merkle.consistency_proof(old=old, new=new, read=READ)
            good: dict[str, Any] = {
                "old": old, "new": new, "old_root": roots[old], "new_root": roots[new], "proof": proof,
            }  # fmt: skip
            merkle.verify_consistency(**good)
            for other in bent(proof, chance):
                refused(merkle.verify_consistency, **good | {"proof": other})
            for change in (
                {"old_root": flipped(roots[old], chance)},
                {"new_root": flipped(roots[new], chance)},
                {"old_root": roots[old + 1]},
                {"new_root": roots[new + 1]},
                {"old": new + 1},
                {"old": -1},
            ):
                refused(merkle.verify_consistency, **good | change)


def test_a_rewritten_leaf_breaks_the_consistency_with_every_later_tree() -> None:
    forged = reference.reader([*LEAVES[:5], b"forged", *LEAVES[6:]])
    for new in range(6, len(LEAVES) + 1):
        for old in range(6, new + 1):
            refused(
                merkle.verify_consistency,
                old=old,
                new=new,
                old_root=merkle.root_at(size=old, read=READ),
                new_root=merkle.root_at(size=new, read=forged),
                proof=merkle.consistency_proof(old=old, new=new, read=forged),
            )


def test_everything_begins_with_nothing_and_nothing_has_one_root() -> None:
    root = merkle.root_at(size=5, read=READ)
    assert merkle.consistency_proof(old=0, new=5, read=READ) == []
    good: dict[str, Any] = {"old": 0, "new": 5, "old_root": EMPTY, "new_root": root, "proof": []}
    merkle.verify_consistency(**good)
    merkle.verify_consistency(**good | {"new": 0, "new_root": EMPTY})
    refused(merkle.verify_consistency, **good | {"old_root": root})
    refused(merkle.verify_consistency, **good | {"new": 0})
    refused(merkle.verify_consistency, **good | {"proof": [root]})


def test_a_proof_of_another_length_is_refused_even_when_the_root_was_made_to_fit() -> None:
    """Else a leaf could be shown at a depth at which a tree of that size has none."""
    leaf, over = READ(0, 0), merkle.node_hash(OTHER, READ(0, 0))
    refused(merkle.verify_inclusion, leaf=leaf, index=0, size=1, root=over, proof=[OTHER])
    under = merkle.node_hash(leaf, OTHER)
    refused(merkle.verify_inclusion, leaf=leaf, index=0, size=3, root=under, proof=[OTHER])
    refused(
        merkle.verify_inclusion,
        leaf=b"short",
        index=0,
        size=2,
        root=merkle.node_hash(b"short", OTHER),
        proof=[OTHER],
    )


def test_a_consistency_proof_of_another_length_is_refused_even_when_the_roots_were_made_to_fit() -> None:
    c, d, g, whole = merkle.consistency_proof(old=3, new=7, read=READ)
    three, four = merkle.node_hash(g, c), merkle.node_hash(g, merkle.node_hash(c, d))
    seven = merkle.node_hash(four, whole)
    good: dict[str, Any] = {
        "old": 3, "new": 7, "old_root": three, "new_root": seven, "proof": [c, d, g, whole],
    }  # fmt: skip
    merkle.verify_consistency(**good)
    refused(merkle.verify_consistency, **good | {"new_root": four, "proof": [c, d, g]})
    over = {"old_root": merkle.node_hash(OTHER, three), "new_root": merkle.node_hash(OTHER, seven)}
    refused(merkle.verify_consistency, **good | over | {"proof": [c, d, g, whole, OTHER]})
    odd = {"proof": [c, d, g, b"short"], "new_root": merkle.node_hash(four, b"short")}
    refused(merkle.verify_consistency, **good | odd)
