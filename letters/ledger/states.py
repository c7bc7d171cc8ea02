"""What became of each signature, by the leaves alone: what a database says of it must be the same.

The rules are those of the format (docs/ledger.md). Ten million leaves take 140 MB.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from letters.ledger import forms, leaves
from letters.ledger.batches import ACTIVE, LOST, REMOVED, WITHDRAWN
from letters.ledger.forms import BadLeaf
from letters.ledger.leaves import Leaf

STATES: Final = ("", ACTIVE, REMOVED, WITHDRAWN, LOST)
"""The first: no signature stands there."""
KINDS: Final = tuple(sorted(forms.KINDS))
METHODS: Final = tuple(sorted(forms.METHODS))
MOVES: Final = {
    "withdraw": ({ACTIVE, REMOVED}, WITHDRAWN),
    "remove": ({ACTIVE}, REMOVED),
    "restore": ({REMOVED}, ACTIVE),
    "lost": ({ACTIVE}, LOST),
}
"""From which states to which."""
NAMES: Final = {"signed": "", "withdrawn": WITHDRAWN, "removed": REMOVED, "lost": LOST, "count": ACTIVE}
"""The figures of a tally, and the state whose signatures each counts; `signed` counts all."""


class States:
    """A ledger as far as it was read. `add` takes the next leaf."""

    def __init__(self) -> None:
        self.tally: Leaf = {}
        self.texts = 0
        self.closed = False
        self._states = bytearray()
        self._sorts = bytearray()  # kind and method
        self._texts = array("I")
        self._claims = array("Q")
        self._held: Counter[str] = Counter()
        self._counted: Counter[int] = Counter()

    @property
    def size(self) -> int:
        """How many leaves were read."""
        return len(self._states)

    @property
    def signed(self) -> int:
        """How many of them are signatures, whatever became of them."""
        return self._held.total()

    def add(self, data: bytes) -> Leaf:
        """Take the next leaf and return what it says. Raises BadLeaf for one that may not stand here."""
        leaf = leaves.parse(data)
        kind = str(leaf["t"])
        for column, value in ((self._states, 0), (self._sorts, 0), (self._texts, 0), (self._claims, 0)):
            column.append(value)
        if kind in MOVES:
            self._move(leaf, *MOVES[kind])
        elif read := getattr(self, f"_{kind}", None):
            read(leaf)
        return leaf

    def state(self, index: int) -> str:
        """Return the state of the signature at `index`; empty when none stands there."""
        return STATES[self._states[index]] if 0 <= index < self.size else ""

    def kind(self, index: int) -> str:
        """Return who signed."""
        return KINDS[self._sorts[index] // len(METHODS)]

    def method(self, index: int) -> str:
        """Return the last method that the ledger knows of a signature."""
        return METHODS[self._sorts[index] % len(METHODS)]

    def text(self, index: int) -> int:
        """Return the number of the text under the newest claim of a signature."""
        return self._texts[index]

    def claim(self, index: int) -> int:
        """Return where the newest claim of a signature stands."""
        return self._claims[index]

    def parts(self) -> dict[str, int]:
        """Return every figure of a tally that leaves tell, by name."""
        parts = {name: self._held[state] if state else self.signed for name, state in NAMES.items()}
        parts |= {f"{kind}s": 0 for kind in KINDS} | {f"by_{method}": 0 for method in METHODS}
        for sort, many in self._counted.items():
            parts[f"{KINDS[sort // len(METHODS)]}s"] += many
            parts[f"by_{METHODS[sort % len(METHODS)]}"] += many
        return parts

    def _sign(self, leaf: Leaf) -> None:
        self._states[-1] = STATES.index(ACTIVE)
        self._sorts[-1] = KINDS.index(str(leaf["k"])) * len(METHODS) + METHODS.index(str(leaf["m"]))
        self._texts[-1], self._claims[-1] = self._known_text(leaf), self.size - 1
        self._held[ACTIVE] += 1
        self._counted[self._sorts[-1]] += 1

    def _amend(self, leaf: Leaf) -> None:
        index = self._changeable(leaf)
        self._texts[index], self._claims[index] = self._known_text(leaf), self.size - 1

    def _method(self, leaf: Leaf) -> None:
        index = self._changeable(leaf)
        before = self._sorts[index]
        self._sorts[index] = before - before % len(METHODS) + METHODS.index(str(leaf["m"]))
        if self.state(index) == ACTIVE:
            self._counted[before] -= 1
            self._counted[self._sorts[index]] += 1

    def _text(self, leaf: Leaf) -> None:
        self.texts += 1
        if leaf["n"] != self.texts:
            raise BadLeaf(f"text {leaf['n']} comes where text {self.texts} should")

    def _close(self, leaf: Leaf) -> None:
        self.closed = True

    def _tally(self, leaf: Leaf) -> None:
        parts = self.parts()
        if any(leaf[name] != parts[name] for name in NAMES):
            raise BadLeaf(f"the tally says {leaf}, the leaves {parts}")
        self.tally = leaf

    def _move(self, leaf: Leaf, sources: set[str], target: str) -> None:
        found: Any = leaf["i"]
        indexes: Sequence[int] = found if isinstance(found, list) else [found]
        for index in indexes:
            before = self.state(index)
            if before not in sources:
                raise BadLeaf(f"leaf {index} cannot become {target}: it is {before or 'no signature'}")
            self._states[index] = STATES.index(target)
            self._held[before] -= 1
            self._held[target] += 1
            self._counted[self._sorts[index]] += (target == ACTIVE) - (before == ACTIVE)

    def _changeable(self, leaf: Leaf) -> int:
        found: Any = leaf["i"]
        if self.state(found) not in {ACTIVE, REMOVED}:
            raise BadLeaf(f"leaf {found} is no signature that could change")
        return int(found)

    def _known_text(self, leaf: Leaf) -> int:
        number: Any = leaf["n"]
        if number > self.texts:
            raise BadLeaf(f"there is no text {number} yet")
        return int(number)
