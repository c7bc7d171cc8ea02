"""The tree: known vectors, and every proof against the RFC's own recursion."""

from __future__ import annotations

import random

import pytest

from letters.ledger import merkle
from letters.ledger.merkle import BadProof, Tree
from tests.ledger import reference

# The inputs, roots and proofs of the Certificate Transparency implementations (merkle_tree_test).
INPUTS = [
    bytes.fromhex(word)
    for word in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): INCLUSIONS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): INCLUSIONS[1, 5][1:],
}
LEAVES = [number.to_bytes(2, "big") for number in range(10_000)]
READ = reference.reader(LEAVES)
SMALL = range(71)


def hashed(leaves: list[bytes]) -> list[bytes]:
    return [merkle.leaf_hash(leaf) for leaf in leaves]


@pytest.mark.parametrize("size", range(9))
def test_roots_of_certificate_transparency(size: int) -> None:
    assert merkle.root(hashed(INPUTS[:size])).hex() == ROOTS[size]
    assert merkle.root_at(size=size, read=reference.reader(INPUTS)).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSIONS)
def test_inclusion_proofs_of_certificate_transparency(index: int, size: int) -> None:
    proof = merkle.inclusion_proof(index=index, size=size, read=reference.reader(INPUTS[:size]))
    assert [sibling.hex() for sibling in proof] == INCLUSIONS[index, size]
    leaf, root = merkle.leaf_hash(INPUTS[index]), bytes.fromhex(ROOTS[size])
    merkle.verify_inclusion(leaf=leaf, index=index, size=size, root=root, proof=proof)


@pytest.mark.parametrize(("old", "new"), CONSISTENCIES)
def test_consistency_proofs_of_certificate_transparency(old: int, new: int) -> None:
    proof = merkle.consistency_proof(old=old, new=new, read=reference.reader(INPUTS[:new]))
    assert [one.hex() for one in proof] == CONSISTENCIES[old, new]
    roots = {"old_root": bytes.fromhex(ROOTS[old]), "new_root": bytes.fromhex(ROOTS[new])}
    merkle.verify_consistency(old=old, new=new, proof=proof, **roots)


def test_the_tree_of_seven_leaves_drawn_in_the_rfc() -> None:
    """RFC 6962, section 2.1.3: the letters are those of its picture."""
    data = [bytes([number]) for number in range(7)]
    a, b, c, d, e, f, j = hashed(data)
    g, h, i = merkle.node_hash(a, b), merkle.node_hash(c, d), merkle.node_hash(e, f)
    k, l = merkle.node_hash(g, h), merkle.node_hash(i, j)  # noqa: E741  # its name in the picture
    read = reference.reader(data)
    assert merkle.root(hashed(data)) == merkle.node_hash(k, l)
    assert merkle.inclusion_proof(index=0, size=7, read=read) == [b, h, l]
    assert merkle.inclusion_proof(index=3, size=7, read=read) == [c, g, l]
    assert merkle.inclusion_proof(index=4, size=7, read=read) == [f, j, k]
    assert merkle.inclusion_proof(index=6, size=7, read=read) == [i, k]
    assert merkle.consistency_proof(old=3, new=7, read=read) == [c, d, g, l]
    assert merkle.consistency_proof(old=4, new=7, read=read) == [l]
    assert merkle.consistency_proof(old=6, new=7, read=read) == [i, j, k]


def test_every_tree_and_every_proof_up_to_70_is_that_of_the_rfc() -> None:
    tree, roots = Tree(), []
    for size in SMALL:
        roots.append(reference.mth(LEAVES[:size]))
        assert tree.root() == merkle.root_at(size=size, read=READ) == roots[size]
        assert merkle.tree_at(size=size, read=READ) == tree
        for index in range(size):
            proof = merkle.inclusion_proof(index=index, size=size, read=READ)
            assert proof == reference.path(index, LEAVES[:size])
            leaf = merkle.leaf_hash(LEAVES[index])
            merkle.verify_inclusion(leaf=leaf, index=index, size=size, root=roots[size], proof=proof)
        for old in range(1, size + 1):
            proof = merkle.consistency_proof(old=old, new=size, read=READ)
            assert proof == reference.proof(old, LEAVES[:size])
            merkle.verify_consistency(
                old=old, new=size, old_root=roots[old], new_root=roots[size], proof=proof
            )
        tree = tree.append(merkle.leaf_hash(LEAVES[size]))


@pytest.mark.parametrize("seed", range(20))
def test_random_proofs_up_to_ten_thousand_are_those_of_the_rfc(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(71, len(LEAVES))
    leaves, index, old = LEAVES[:size], chance.randrange(size), chance.randint(1, size)
    root, old_root = reference.mth(leaves), reference.mth(leaves[:old])
    path = merkle.inclusion_proof(index=index, size=size, read=READ)
    assert path == reference.path(index, leaves)
    leaf = merkle.leaf_hash(leaves[index])
    merkle.verify_inclusion(leaf=leaf, index=index, size=size, root=root, proof=path)
    proof = merkle.consistency_proof(old=old, new=size, read=READ)
    assert proof == reference.proof(old, leaves)
    merkle.verify_consistency(old=old, new=size, old_root=old_root, new_root=root, proof=proof)
    assert Tree().extend(hashed(leaves)).root() == root
    assert merkle.tree_at(size=old, read=READ).extend(hashed(leaves[old:])).root() == root


def test_ranges_that_begin_a_subtree_have_its_root() -> None:
    assert merkle.range_root(64, 71, READ) == reference.mth(LEAVES[64:71])
    assert merkle.range_root(8, 8, READ) == merkle.EMPTY


@pytest.mark.parametrize(("size", "hashes"), [(-1, 0), (0, 1), (3, 1), (4, 2)])
def test_a_frontier_of_another_size_is_refused(size: int, hashes: int) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Tree(size, (merkle.EMPTY,) * hashes)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(BadProof):
        merkle.inclusion_proof(index=index, size=size, read=READ)


@pytest.mark.parametrize(("old", "new"), [(6, 5), (-1, 5)])
def test_no_proof_that_a_tree_shrank(old: int, new: int) -> None:
    with pytest.raises(BadProof):
        merkle.consistency_proof(old=old, new=new, read=READ)
