"""RFC 6962, section 2.1, word for word and slowly: what the ledger's own functions are held against."""

from __future__ import annotations

from hashlib import sha256

from letters.ledger import merkle


def largest_power_of_two_smaller_than(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(leaves: list[bytes]) -> bytes:
    """MTH: the Merkle Tree Hash of a list of leaves (their data, not their hashes)."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = largest_power_of_two_smaller_than(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH (2.1.1): the audit path of leaf m."""
    n = len(leaves)
    if n == 1:
        return []
    k = largest_power_of_two_smaller_than(n)
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def proof(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF (2.1.2): that the first m leaves begin the tree."""
    return subproof(m, leaves, True)


def subproof(m: int, leaves: list[bytes], b: bool) -> list[bytes]:
    n = len(leaves)
    if m == n:
        return [] if b else [mth(leaves)]
    k = largest_power_of_two_smaller_than(n)
    if m <= k:
        return [*subproof(m, leaves[:k], b), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def reader(leaves: list[bytes]) -> merkle.Reader:
    """A reader over leaves in memory, that refuses whatever is no complete subtree of them."""
    kept: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        assert level >= 0
        assert index << level >= 0
        assert (index + 1) << level <= len(leaves)
        if (level, index) not in kept:
            kept[level, index] = mth(leaves[index << level : (index + 1) << level])
        return kept[level, index]

    return read
