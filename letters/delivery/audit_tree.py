"""The leaves of a ledger held against the hashes, checkpoints and files that were made of them."""

from __future__ import annotations

from collections.abc import Iterator

from letters.delivery.findings import Findings
from letters.delivery.shelf import Shelf
from letters.ledger import merkle, notes, tiles
from letters.ledger.forms import BadLeaf
from letters.ledger.states import States
from letters.ledger.tiles import WIDTH, Tile
from letters.models import Checkpoint, CheckpointSignature, Letter

Row = list[bytes]


class TreeAudit:
    """One pass over the leaves, bundle by bundle. `signed` leaves are published on the shelf, in `home`."""

    def __init__(self, found: Findings, *, letter: Letter, signed: int, shelf: Shelf, home: str) -> None:
        self.states, self.tree = States(), merkle.Tree()
        self.readable = True
        self._found, self._letter, self._signed = found, letter, signed
        self._shelf, self._home = shelf, home
        self._rows: list[Row] = []
        self._done: list[int] = []
        self._nodes: dict[tuple[int, int], bytes] = {}

    def read(
        self, bundles: Iterator[Row], *, nodes: dict[tuple[int, int], bytes], kept: Iterator[Checkpoint]
    ) -> None:
        """Go through all leaves; `nodes` and `kept` are what the database has of their hashes and states."""
        self._nodes, states = nodes, _Ahead(kept)
        for bundle in bundles:
            hashes = list(map(merkle.leaf_hash, bundle))
            first = self.tree.size
            self._compare_files(None, first // WIDTH, bundle)
            for leaf, hashed in zip(bundle, hashes, strict=True):
                self.tree = self.tree.append(hashed)
                ended = self._replay(leaf)
                self._compare_state(states, ended=ended)
                self._push(0, hashed)
        for level, row in enumerate(self._rows):
            if row:
                self._compare_files(level, self._done[level], row)
        while checkpoint := states.take(None):
            self._found.add(
                "checkpoint", f"{checkpoint.size} leaves are said to be, {self.tree.size} are there"
            )
        for level, index in sorted(self._nodes):
            self._found.add("node", f"level {level}, index {index} stands over leaves that are not there")

    def _replay(self, leaf: bytes) -> bool:
        """Return whether a batch ends with this leaf."""
        if self.readable:
            try:
                return self.states.add(leaf)["t"] == "tally"
            except BadLeaf as error:
                # What follows would be compared with a history that is none.
                self.readable = False
                self._found.add("leaf", f"{self.tree.size - 1}: {error}")
        return False

    def _compare_state(self, states: _Ahead, *, ended: bool) -> None:
        size = self.tree.size
        while (checkpoint := states.take(size)) and checkpoint.size < size:
            self._found.add("checkpoint", f"there are two of {checkpoint.size} leaves")
        if checkpoint is None:
            self._found.need(
                "checkpoint", f"there is none of {size} leaves, where a batch ends", same=not ended
            )
            return
        about, found = "checkpoint", self._found
        said = f"that of {size} leaves"
        found.need(about, f"{said} has another root", same=bytes(checkpoint.root) == self.tree.root())
        frontier = b"".join(self.tree.frontier)
        found.need(about, f"{said} has another frontier", same=bytes(checkpoint.frontier) == frontier)
        if self.readable:
            found.need(about, f"{said} is not where a batch ends", same=ended)
            self._compare_figures(checkpoint, said)
        if hasattr(checkpoint, "signed"):
            self._compare_note(checkpoint, checkpoint.signed)

    def _compare_figures(self, checkpoint: Checkpoint, said: str) -> None:
        figures = self.states.parts()
        other = {
            name: checkpoint.parts.get(name)
            for name in figures
            if checkpoint.parts.get(name) != figures[name]
        }
        for name, figure in other.items():
            words = f"{said} has {figure} under {name}, the leaves {figures[name]}"
            self._found.add("checkpoint", words)
        at = checkpoint.at.replace(tzinfo=None).isoformat() + "Z"
        same = at == self.states.tally.get("at")
        self._found.need(
            "checkpoint", f"{said} is of {at}, its tally of {self.states.tally.get('at')}", same=same
        )
        facts = (checkpoint.texts, checkpoint.closed) == (self.states.texts, self.states.closed)
        self._found.need("checkpoint", f"{said} has other texts, or another end", same=facts)

    def _compare_note(self, checkpoint: Checkpoint, signed: CheckpointSignature) -> None:
        try:
            opened = notes.open_checkpoint(text=signed.note, origin=self._letter.origin, vkeys=signed.vkeys)
        except notes.BadNote as error:
            self._found.add("note", f"that of {checkpoint.size} leaves: {error}")
            return
        same = (opened.size, opened.root) == (checkpoint.size, bytes(checkpoint.root))
        self._found.need("note", f"that of {checkpoint.size} leaves says something else", same=same)

    def _push(self, level: int, hashed: bytes) -> None:
        """Add a hash to the row of its level; a full row is compared and becomes one hash above."""
        if len(self._rows) == level:
            self._rows.append([])
            self._done.append(0)
        row = self._rows[level]
        row.append(hashed)
        if len(row) < WIDTH:
            return
        index, self._rows[level] = self._done[level], []
        self._done[level] += 1
        self._compare_files(level, index, row)
        above = merkle.root(row)
        stored = self._nodes.pop((level + 1, index), None)
        words = f"level {level + 1}, index {index} " + ("is missing" if stored is None else "is another hash")
        self._found.need("node", words, same=stored == above)
        self._push(level + 1, above)

    def _compare_files(self, level: int | None, index: int, row: Row) -> None:
        """Compare a row with the published tile of the signed size, if that reaches so far."""
        there = self._signed >> tiles.HEIGHT * (level or 0)
        width = min(WIDTH, there - index * WIDTH, len(row))
        if width <= 0:
            return
        ours = tiles.encode_entries(row[:width]) if level is None else b"".join(row[:width])
        path = Tile(level, index, width).path
        theirs = self._shelf.read(f"{self._home}/{path}")
        words = f"{path} " + ("is missing" if theirs is None else "holds other bytes than the database")
        self._found.need("published file", words, same=ours == theirs)


class _Ahead:
    """Checkpoints in order, taken one by one when their size has come."""

    def __init__(self, rows: Iterator[Checkpoint]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def take(self, size: int | None) -> Checkpoint | None:
        """Return the next one if it has at most this size (None: any)."""
        found = self._next
        if found is None or (size is not None and found.size > size):
            return None
        self._next = next(self._rows, None)
        return found


def bundles(rows: Iterator[tuple[int, bytes]], found: Findings) -> Iterator[Row]:
    """Yield the leaves in rows of 256, as long as none is missing."""
    row: Row = []
    for expected, (index, data) in enumerate(rows):
        if index != expected:
            found.add("leaf", f"{expected} is missing, {index} follows")
            break
        row.append(data)
        if len(row) == WIDTH:
            yield row
            row = []
    if row:
        yield row
