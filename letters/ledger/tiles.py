"""The tree as static files: C2SP tlog-tiles.

A hash tile of level L and index N holds up to 256 hashes of complete subtrees of height 8 * L; an
entry bundle holds the leaves under a hash tile of level 0. A full one never changes; a partial one
carries its width in its name, so that it never changes either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from letters.ledger import merkle

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
MOST_ENTRY_BYTES: Final = 2**16 - 1
MOST_LEVEL: Final = 63
PATH: Final = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class BadTile(Exception):
    """A path or the bytes of a tile are not as tlog-tiles has them."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One file: hashes of a level, or the entries (`level` None), full or the first `width` of them."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Return where it lies, under the folder of the log."""
        groups = [f"{self.index % 1000:03d}"]
        rest = self.index // 1000
        while rest:
            groups.insert(0, f"x{rest % 1000:03d}")
            rest //= 1000
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        level = "entries" if self.level is None else self.level
        return f"tile/{level}/{'/'.join(groups)}{partial}"


@dataclass(frozen=True, slots=True)
class Node:
    """One hash of a tile of `level` 1 or more: over the 256 ** level leaves from index << 8 * level on."""

    level: int
    index: int
    hash: bytes


def parse_path(path: str) -> Tile:
    """Return the tile that lies at `path`. Raises BadTile for any path that `Tile.path` would not give."""
    found = PATH.fullmatch(path)
    if found is None:
        raise BadTile("not the path of a tile")
    level = None if found["level"] == "entries" else int(found["level"])
    tile = Tile(level, int(re.sub("[x/]", "", found["index"])), int(found["width"] or WIDTH))
    # Refused here: a group of zeros in front, a full tile written as a partial one.
    if tile.path != path or tile.width > WIDTH or (level or 0) > MOST_LEVEL:
        raise BadTile("not the path of a tile")
    return tile


def grown(*, old_size: int, new_size: int) -> Iterator[Tile]:
    """Yield what is published when a log grows: every tile of the new size that the old one had not.

    For a log that signs several checkpoints, ask for each step: the partial tiles of each size must
    be there. Entries come first, then the hashes from level 0 up.
    """
    if not 0 <= old_size <= new_size:
        raise BadTile(f"{old_size} leaves do not become {new_size}")
    yield from _grown(None, old_size, new_size)
    level = 0
    while new_size:
        yield from _grown(level, old_size, new_size)
        level, old_size, new_size = level + 1, old_size >> HEIGHT, new_size >> HEIGHT


def append(tree: merkle.Tree, leaves: Iterable[bytes]) -> tuple[merkle.Tree, list[Node]]:
    """Return the tree with more leaves, given by their hashes, and the nodes above level 0 that this made."""
    nodes = []
    for leaf in leaves:
        last, level = tree.size, 1
        # Where the last 8, 16, ... bits of a size are ones, this leaf completes a tile of that level.
        while last + 1 & (1 << HEIGHT * level) - 1 == 0:
            joined = leaf
            for left in reversed(tree.frontier[-HEIGHT * level :]):
                joined = merkle.node_hash(left, joined)
            nodes.append(Node(level, last >> HEIGHT * level, joined))
            level += 1
        tree = tree.append(leaf)
    return tree, nodes


def tile_paths(*, old_size: int, new_size: int) -> list[str]:
    """Return the paths of what `grown` yields."""
    return [tile.path for tile in grown(old_size=old_size, new_size=new_size)]


def _grown(level: int | None, old: int, new: int) -> Iterator[Tile]:
    """Yield the new tiles of one level, that had `old` items and has `new`."""
    for index in range(old // WIDTH, new // WIDTH):
        yield Tile(level, index)
    if new % WIDTH and new != old:
        yield Tile(level, new // WIDTH, new % WIDTH)


def hash_tile(*, level: int, index: int, width: int, read: merkle.Reader) -> bytes:
    """Return the bytes of a hash tile: `width` hashes of subtrees of height 8 * level. Raises BadTile."""
    _refuse_other_widths(width)
    first = index * WIDTH
    return b"".join(read(HEIGHT * level, first + step) for step in range(width))


def hashes(data: bytes) -> list[bytes]:
    """Return the hashes of a hash tile. Raises BadTile."""
    if len(data) % merkle.HASH_BYTES:
        raise BadTile("a tile is a row of 32-byte hashes")
    found = [data[at : at + merkle.HASH_BYTES] for at in range(0, len(data), merkle.HASH_BYTES)]
    _refuse_other_widths(len(found))
    return found


def reader(*, size: int, load: Callable[[Tile], bytes]) -> merkle.Reader:
    """Return a reader of the tree of `size` leaves for merkle's proofs, out of its tiles.

    `load` returns a tile's bytes and may keep what it has; between the levels that tiles hold,
    hashes are computed. Raises BadTile when a tile is not as wide as it must be.
    """

    def read(level: int, index: int) -> bytes:
        if not 0 <= index < size >> level:
            raise BadTile("no complete subtree of this tree")
        tile_level, height = divmod(level, HEIGHT)
        first = index << height
        number = first // WIDTH
        width = min(WIDTH, (size >> HEIGHT * tile_level) - number * WIDTH)
        row = hashes(load(Tile(tile_level, number, width)))
        if len(row) != width:
            raise BadTile("a tile has another width than its name says")
        start = first % WIDTH
        return merkle.root(row[start : start + (1 << height)])

    return read


def roots_below(load: Callable[[Tile], bytes]) -> merkle.Reader:
    """Return a reader for `hash_tile` above level 0: each hash is the root of a full tile below.

    So a level is made of the one before it, in the order of `grown`. `load` as for `reader`.
    """

    def read(level: int, index: int) -> bytes:
        row = hashes(load(Tile(level // HEIGHT - 1, index)))
        if len(row) != WIDTH:
            raise BadTile("a partial tile has no place in the level above")
        return merkle.root(row)

    return read


def encode_entries(entries: Sequence[bytes]) -> bytes:
    """Return an entry bundle: each entry after its length (uint16, big-endian). Raises BadTile."""
    _refuse_other_widths(len(entries))
    if any(len(entry) > MOST_ENTRY_BYTES for entry in entries):
        raise BadTile("an entry is too long")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_entries(data: bytes) -> list[bytes]:
    """Return the entries of a bundle. Raises BadTile unless it ends with the end of an entry."""
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        at += 2 + length
        entries.append(entry)
    if at != len(data):
        raise BadTile("a bundle ends within an entry")
    _refuse_other_widths(len(entries))
    return entries


def _refuse_other_widths(width: int) -> None:
    if not 1 <= width <= WIDTH:
        raise BadTile(f"a tile holds 1 to {WIDTH}, not {width}")
