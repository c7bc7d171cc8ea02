"""The Merkle tree of RFC 6962, section 2.1, with SHA-256: roots, growth, proofs and their checks.

Whoever holds the hashes hands over a reader: `read(level, index)` returns the 32-byte hash of the
complete subtree over the leaves index << level up to (index + 1) << level. A tree of n leaves is
asked only for subtrees that end at or before n, and for about 2 * log2(n) of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

HASH_BYTES: Final = hashlib.sha256().digest_size
EMPTY: Final = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

Reader = Callable[[int, int], bytes]
"""(level, index) -> hash of a complete subtree."""


class BadProof(Exception):
    """A proof does not prove what it is said to, or is asked about a tree that cannot be."""


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tree:
    """What must be known of a tree to append to it: its size and at most log2(size) + 1 hashes.

    `frontier` holds the roots of the perfect subtrees that the leaves fall into, largest first:
    one for each 1 in the binary size.
    """

    size: int = 0
    frontier: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.frontier) != self.size.bit_count():
            raise ValueError(f"{len(self.frontier)} hashes cannot be the frontier of {self.size} leaves")

    def append(self, leaf: bytes) -> Tree:
        """Return the tree with one more leaf, given by its hash."""
        return Tree(self.size + 1, append(self.frontier, self.size, leaf))

    def extend(self, leaves: Iterable[bytes]) -> Tree:
        """Return the tree with more leaves, given by their hashes."""
        size, frontier = self.size, self.frontier
        for leaf in leaves:
            frontier = append(frontier, size, leaf)
            size += 1
        return Tree(size, frontier)

    def root(self) -> bytes:
        """Return the root, EMPTY for a tree without leaves."""
        return frontier_root(self.frontier)


def append(frontier: Sequence[bytes], size: int, leaf: bytes) -> tuple[bytes, ...]:
    """Return the frontier of size + 1 leaves, given that of `size` and the hash of the new leaf."""
    grown = list(frontier)
    # Every trailing 1 of the old size is a subtree as large as the one that has just become complete.
    while size & 1:
        leaf = node_hash(grown.pop(), leaf)
        size >>= 1
    return (*grown, leaf)


def frontier_root(frontier: Sequence[bytes]) -> bytes:
    """Return the root: the subtrees joined from the smallest to the largest."""
    if not frontier:
        return EMPTY
    *larger, joined = frontier
    for left in reversed(larger):
        joined = node_hash(left, joined)
    return joined


def root(hashes: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in their order (MTH of section 2.1)."""
    return Tree().extend(hashes).root()


def tree_at(*, size: int, read: Reader) -> Tree:
    """Return the tree of the first `size` leaves, ready to be appended to."""
    frontier, end = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            frontier.append(read(level, end >> level))
            end += 1 << level
    return Tree(size, tuple(frontier))


def root_at(*, size: int, read: Reader) -> bytes:
    """Return the root over the first `size` leaves."""
    return tree_at(size=size, read=read).root()


def range_root(lo: int, hi: int, read: Reader) -> bytes:
    """Return the root over leaves lo up to hi, where `lo` begins a subtree of a tree that ends at `hi`.

    Such ranges are all that proofs need: `lo` is a multiple of the power of two at or above hi - lo.
    """
    frontier, start, width = [], lo, hi - lo
    for level in reversed(range(width.bit_length())):
        if width >> level & 1:
            frontier.append(read(level, start >> level))
            start += 1 << level
    return frontier_root(frontier)


def inclusion_proof(*, index: int, size: int, read: Reader) -> list[bytes]:
    """Return PATH(index, D[size]) of section 2.1.1: the siblings from the leaf up. Raises BadProof."""
    if not 0 <= index < size:
        raise BadProof(f"leaf {index} is not among {size}")
    lo, hi, siblings = 0, size, []
    while hi - lo > 1:
        middle = lo + _split(hi - lo)
        if index < middle:
            siblings.append(range_root(middle, hi, read))
            hi = middle
        else:
            siblings.append(range_root(lo, middle, read))
            lo = middle
    return siblings[::-1]


def consistency_proof(*, old: int, new: int, read: Reader) -> list[bytes]:
    """Return PROOF(old, D[new]) of section 2.1.2, empty when old is 0 or new. Raises BadProof."""
    if not 0 <= old <= new:
        raise BadProof(f"{old} leaves do not become {new}")
    if old == 0:  # not in the RFC: everything begins with nothing, so there is nothing to show
        return []
    lo, hi, proof = 0, new, []
    while hi != old:
        middle = lo + _split(hi - lo)
        if old <= middle:
            proof.append(range_root(middle, hi, read))
            hi = middle
        else:
            proof.append(range_root(lo, middle, read))
            lo = middle
    if lo:  # else what is left is the old tree itself, whose root the reader knows
        proof.append(range_root(lo, hi, read))
    return proof[::-1]


def verify_inclusion(*, leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Return if the hash `leaf` stands at `index` under `root`. Raises BadProof (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise BadProof(f"leaf {index} is not among {size}")
    _refuse_other_lengths([leaf, root, *proof])
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise BadProof("the proof is too long")
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            at, last = _climb(at, last)
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    _refuse_unequal(found, root, "the leaf does not lead to the root")


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Return if the tree of `old` leaves begins that of `new`. Raises BadProof (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        raise BadProof(f"{old} leaves do not become {new}")
    _refuse_other_lengths([old_root, new_root, *proof])
    for size, claimed in ((old, old_root), (new, new_root)):
        if size == 0:
            _refuse_unequal(claimed, EMPTY, "the root of no leaves is another")
    if old in {0, new}:
        if proof:
            raise BadProof("the proof is too long")
        if old:
            _refuse_unequal(old_root, new_root, "one size has two roots")
        return
    old_found, new_found = _both_roots(old, new, old_root, proof)
    _refuse_unequal(old_found, old_root, "the old tree is not the beginning of the new one")
    _refuse_unequal(new_found, new_root, "the new tree does not grow out of the old one")


def _both_roots(old: int, new: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    # An old tree that is perfect is itself the first hash of the path.
    path = [old_root, *proof] if at == 0 else list(proof)
    if not path:
        raise BadProof("the proof is too short")
    old_found = new_found = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise BadProof("the proof is too long")
        if at & 1 or at == last:
            old_found, new_found = node_hash(sibling, old_found), node_hash(sibling, new_found)
            at, last = _climb(at, last)
        else:
            new_found = node_hash(new_found, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    return old_found, new_found


def _climb(at: int, last: int) -> tuple[int, int]:
    """Skip the levels at which the right edge of the tree has no left sibling."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _split(width: int) -> int:
    """Return the largest power of two below `width`, for width > 1."""
    return 1 << (width - 1).bit_length() - 1


def _refuse_other_lengths(hashes: Iterable[bytes]) -> None:
    if any(len(one) != HASH_BYTES for one in hashes):
        raise BadProof("a hash is not 32 bytes long")


def _refuse_unequal(found: bytes, claimed: bytes, why: str) -> None:
    if found != claimed:
        raise BadProof(why)
