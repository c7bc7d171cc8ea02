"""Somebody who reads a ledger after each fault and forgets nothing: no fork and no rewrite escapes."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.ledger import merkle, notes
from tests.embedded_plugin import ENVIRONMENT
from tests.faults.outbox import OF
from tests.faults.stage import Stage


class Witness:
    """Keeps the tree as it grew, and every signed note that was ever published."""

    def __init__(self, stage: Stage, slug: str) -> None:
        self.stage, self.slug = stage, slug
        [row] = stage.ask("SELECT public_id, origin FROM letters_letter WHERE slug = %s", slug)
        self.origin = row["origin"]
        self.folder = Path(stage.environment["LEDGER_PUBLISH"]) / "ledger" / row["public_id"]
        self.tree = merkle.Tree()
        self.roots: dict[int, bytes] = {}
        self.published: dict[int, bytes] = {}
        self.checkpoints = self.newest = 0
        seed = Ed25519PrivateKey.from_private_bytes(base64.b64decode(ENVIRONMENT["LEDGER_KEY"]))
        self.vkey = notes.encode_vkey(notes.verifier(name=self.origin, key=seed))

    def look(self) -> list[str]:
        """Return what cannot be: of the published note, of the leaves, of the stored checkpoints."""
        return [*self._read_note(), *self._read_leaves(), *self._compare()]

    def _read_note(self) -> list[str]:
        # Before the database, which is never behind what is published.
        file = self.folder / "checkpoint"
        if not file.exists():
            return []
        found = notes.open_checkpoint(text=file.read_text("utf-8"), origin=self.origin, vkeys=[self.vkey])
        wrong = ["the published checkpoint went back"] if found.size < self.newest else []
        self.newest = found.size
        if self.published.setdefault(found.size, found.root) != found.root:
            wrong.append("two signed checkpoints of one size")
        return wrong

    def _read_leaves(self) -> list[str]:
        rows = self.stage.ask(
            f"SELECT index, data FROM letters_leaf AS l WHERE l.{OF} AND index >= %s ORDER BY index",
            self.slug,
            self.tree.size,
        )
        gaps = [row["index"] for place, row in enumerate(rows, self.tree.size) if row["index"] != place]
        for row in rows:
            self.tree = self.tree.append(merkle.leaf_hash(bytes(row["data"])))
            self.roots[self.tree.size] = self.tree.root()
        return ["a leaf is missing"] if gaps else []

    def _compare(self) -> list[str]:
        rows = self.stage.ask(
            f"SELECT size, root FROM letters_checkpoint AS c WHERE c.{OF} AND size <= %s",
            self.slug,
            self.tree.size,
        )
        self.checkpoints = len(rows)
        stored = {row["size"]: bytes(row["root"]) for row in rows}
        wrong = []
        if any(root != self.roots[size] for size, root in stored.items()):
            wrong.append("a checkpoint is not the root of the leaves")
        if any(stored.get(size) != root for size, root in self.published.items()):
            wrong.append("a published checkpoint is not among those that were sealed")
        return wrong
