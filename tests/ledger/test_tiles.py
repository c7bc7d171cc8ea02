"""The tree as files: names, what a growing log publishes, and proofs out of the files alone."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.ledger import merkle, tiles
from letters.ledger.tiles import BadTile, Tile
from tests.ledger import CALM, reference

LEAVES = [str(number).encode() * (number % 3) for number in range(70_000)]
LEVELS = st.one_of(st.none(), st.integers(0, tiles.MOST_LEVEL))
TILES = st.builds(Tile, LEVELS, st.integers(0, 2**53 // 256), st.integers(1, 256))


@cache
def rows() -> list[list[bytes]]:
    """All complete subtrees, a list of hashes for each level."""
    levels = [[merkle.leaf_hash(leaf) for leaf in LEAVES]]
    while len(levels[-1]) > 1:
        row = levels[-1]
        levels.append([merkle.node_hash(*row[at : at + 2]) for at in range(0, len(row) // 2 * 2, 2)])
    return levels


def whole(level: int, index: int) -> bytes:
    return rows()[level][index]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),  # the example of the specification
        (Tile(0, 0), "tile/0/000"),
        (Tile(1, 999), "tile/1/999"),
        (Tile(1, 1000), "tile/1/x001/000"),
        (Tile(0, 1234, 5), "tile/0/x001/234.p/5"),
        (Tile(63, 1_000_000, 255), "tile/63/x001/x000/000.p/255"),
        (Tile(None, 273, 112), "tile/entries/273.p/112"),
        (Tile(None, 1_234_067), "tile/entries/x001/x234/067"),
    ],
)
def test_paths_of_tiles(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tiles.parse_path(path) == tile


@CALM
@given(TILES)
def test_every_path_leads_back_to_its_tile(tile: Tile) -> None:
    assert tiles.parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "tile", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/0/000\n", "tile/0/0",
        "tile/0/0000", "tile/00/000", "tile/-1/000", "tile/64/000", "tile/100/000", "tile/entry/000",
        "tile/x/000", "tile//000", "tile/0/x000/000", "tile/0/x000/x001/000", "tile/0/001/000",
        "tile/0/x001", "tile/0/X001/000",
        "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/05", "tile/0/000.p/256",
        "tile/0/000.p/999", "tile/0/000.p/1000", "tile/0/000/p/5", "tile/0/٠٠٠", "tile/0/../0/000",
        "tile/0/" + "x001/" * 2000 + "000",
    ],
)  # fmt: skip
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(BadTile):
        tiles.parse_path(path)


def test_a_tree_of_70000_leaves_has_the_tiles_that_the_specification_counts() -> None:
    found = list(tiles.grown(old_size=0, new_size=70_000))
    partial = [tile for tile in found if tile.width < 256]
    assert [sum(tile.level == level for tile in found) for level in (None, 0, 1, 2, 3)] == [274, 274, 2, 1, 0]
    assert partial == [Tile(None, 273, 112), Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        (0, 0, []),
        (5, 5, []),
        (256, 256, []),
        (0, 1, ["tile/entries/000.p/1", "tile/0/000.p/1"]),
        (1, 7, ["tile/entries/000.p/7", "tile/0/000.p/7"]),
        (255, 256, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]),
        (256, 258, ["tile/entries/001.p/2", "tile/0/001.p/2"]),
        (65_535, 65_536, ["tile/entries/255", "tile/0/255", "tile/1/000", "tile/2/000.p/1"]),
        (
            250,
            600,
            [
                "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88",
                "tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2",
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_published_when_a_log_grows(old: int, new: int, paths: list[str]) -> None:
    assert tiles.tile_paths(old_size=old, new_size=new) == paths


@CALM
@given(st.lists(st.integers(0, 200_000), max_size=6))
def test_after_any_growth_every_tile_of_the_last_size_is_there(sizes: list[int]) -> None:
    steps = [0, *sorted(sizes)]
    there = [path for old, new in pairwise(steps) for path in tiles.tile_paths(old_size=old, new_size=new)]
    assert set(tiles.tile_paths(old_size=0, new_size=steps[-1])) <= set(there)
    assert len(there) == len(set(there))


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1)])
def test_a_log_does_not_shrink(old: int, new: int) -> None:
    with pytest.raises(BadTile):
        tiles.tile_paths(old_size=old, new_size=new)


def test_hash_tiles_hold_what_the_formula_says() -> None:
    """The n-th tile of level l: MTH(D[(n * 256 + i) * 256**l : (n * 256 + i + 1) * 256**l])."""
    for level, index, width in ((0, 3, 256), (0, 273, 112), (1, 1, 17), (2, 0, 1)):
        wide = 256**level
        starts = [(index * 256 + step) * wide for step in range(width)]
        data = tiles.hash_tile(level=level, index=index, width=width, read=whole)
        assert tiles.hashes(data) == [reference.mth(LEAVES[start : start + wide]) for start in starts]


def published(size: int) -> dict[Tile, bytes]:
    """All hash tiles of a size, each level from the one below."""
    found: dict[Tile, bytes] = {}
    below = tiles.roots_below(found.__getitem__)
    for tile in tiles.grown(old_size=0, new_size=size):
        if tile.level is not None:
            read = below if tile.level else whole
            found[tile] = tiles.hash_tile(level=tile.level, index=tile.index, width=tile.width, read=read)
    return found


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 66_000])
def test_roots_and_proofs_come_out_of_the_tiles_alone(size: int) -> None:
    read = tiles.reader(size=size, load=published(size).__getitem__)
    assert merkle.root_at(size=size, read=read) == merkle.root_at(size=size, read=whole)
    for index in {0, size // 3, size - 1}:
        assert merkle.inclusion_proof(index=index, size=size, read=read) == merkle.inclusion_proof(
            index=index, size=size, read=whole
        )
        assert merkle.consistency_proof(old=index + 1, new=size, read=read) == merkle.consistency_proof(
            old=index + 1, new=size, read=whole
        )


@pytest.mark.parametrize("length", [0, 32, 33, 32 * 8, 32 * 257])
def test_a_tile_of_another_width_is_not_read(length: int) -> None:
    with pytest.raises(BadTile):
        merkle.root_at(size=7, read=tiles.reader(size=7, load=lambda tile: bytes(length)))


def test_a_reader_is_not_asked_beyond_the_tree() -> None:
    with pytest.raises(BadTile):
        tiles.reader(size=7, load=lambda tile: bytes(32 * 7))(2, 1)
    with pytest.raises(BadTile):
        tiles.roots_below(lambda tile: bytes(32 * 255))(8, 0)


@CALM
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_bundles_are_read_as_written(entries: list[bytes]) -> None:
    data = tiles.encode_entries(entries)
    assert tiles.decode_entries(data) == entries
    assert len(data) == sum(2 + len(entry) for entry in entries)
    for changed in (data[:-1], data + b"\0", data + b"\0\1"):
        with pytest.raises(BadTile):
            tiles.decode_entries(changed)


@CALM
@given(st.binary(max_size=600))
def test_whatever_is_read_as_a_bundle_is_written_alike(data: bytes) -> None:
    try:
        entries = tiles.decode_entries(data)
    except BadTile:
        return
    assert tiles.encode_entries(entries) == data


def test_a_bundle_is_lengths_and_bytes() -> None:
    assert tiles.encode_entries([b"ab", b"", b"c" * 258]) == b"\0\2ab\0\0\1\2" + b"c" * 258


@pytest.mark.parametrize("entries", [[], [b"x"] * 257, [b"x" * 65_536]])
def test_what_is_no_bundle_is_not_written(entries: list[bytes]) -> None:
    with pytest.raises(BadTile):
        tiles.encode_entries(entries)


def test_the_longest_entry_fits() -> None:
    assert tiles.decode_entries(tiles.encode_entries([b"x" * 65_535])) == [b"x" * 65_535]


@pytest.mark.parametrize("steps", [[1] * 600, [255, 1, 256, 1], [70_000], [65_535, 1, 1], [0, 300, 65_300]])
def test_appending_gives_the_tree_and_every_node_above_the_leaves(steps: list[int]) -> None:
    hashes, tree, nodes = rows()[0], merkle.Tree(), []
    for step in steps:
        tree, more = tiles.append(tree, hashes[tree.size : tree.size + step])
        nodes += more
    assert tree == merkle.Tree().extend(hashes[: tree.size])
    places = [(level, index) for level in (1, 2) for index in range(tree.size >> tiles.HEIGHT * level)]
    assert sorted((node.level, node.index) for node in nodes) == places
    assert all(node.hash == rows()[node.level * tiles.HEIGHT][node.index] for node in nodes)
