"""One letter on a stage, seen by its database, by the folder where it is published, and by a stranger."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.faults import numbers, outbox
from tests.faults.crowd import until
from tests.faults.figures import Figures
from tests.faults.stage import Stage
from tests.verify import runs

OF: Final = outbox.OF
WITHIN: Final = 120.0
ROWS: Final = f"SELECT count(*) FROM letters_signature WHERE {OF}"
SEALED: Final = f"SELECT size FROM letters_tally WHERE {OF}"
COUNT: Final = f"SELECT count FROM letters_tally WHERE {OF}"
SIGNED: Final = f"""
SELECT count(*) FROM letters_checkpointsignature JOIN letters_checkpoint ON id = checkpoint_id WHERE {OF}
"""
UNDONE: Final = f"""
SELECT (SELECT count(*) FROM letters_ledgerentry WHERE {OF})
+ (SELECT count(*) FROM letters_erasure WHERE journaled_at IS NULL)
+ (SELECT count(*) FROM letters_tally AS t
JOIN letters_checkpoint AS c ON c.letter_id = t.letter_id AND c.size = t.size
LEFT JOIN letters_checkpointsignature AS s ON s.checkpoint_id = c.id WHERE t.{OF} AND s.checkpoint_id IS NULL)
"""
FORGIVEN: Final = {"each signature that was counted got its receipt"}
"""No contradiction after a restore: what was sent is not sent again."""


@dataclass(frozen=True)
class Scene:
    """A published letter, and what a stranger remembers of it."""

    stage: Stage
    slug: str
    home: Path
    seen: Path
    figures: Figures

    def ask(self, query: str) -> int:
        """Return the one number that a statement about the letter answers."""
        return self.stage.number(query, *[self.slug] * query.count("%s"))

    def hand(self, what: str, *words: object) -> str:
        """Have a hand do something, and return what it said."""
        return self.stage.run("tests.faults.hands", what, self.slug, *map(str, words))

    def begin(self, first: int, many: int) -> subprocess.Popen[bytes]:
        """Let so many people begin to live."""
        return self.stage.start("live", ["tests.faults.hands", "live", self.slug, str(first), str(many)])

    def await_people(self, many: int) -> None:
        """Wait until so many have come."""
        until(lambda: self.ask(ROWS) >= many, within=WITHIN)

    def settle(self) -> float:
        """Wait until all is counted, signed, published and written down; return how long that took."""
        return until(lambda: self.ask(UNDONE) == 0, within=WITHIN, every=0.1)

    def note(self) -> str:
        """Return the published checkpoint."""
        return (self.home / "checkpoint").read_text("utf-8")

    def verify(self, when: str) -> None:
        """Demand that the verifier says OK over HTTP, to somebody who came before."""
        done = runs.process(f"http://127.0.0.1:{self.stage.port}/letters/{self.slug}/", "--state", self.seen)
        self.figures.equal(f"verifier {when}", done.line.partition(":")[0], "OK")
        if done.status:
            self.figures.note(done.line, done.status)

    def agree(self, when: str) -> None:
        """Demand that tally, table, chart and ledger say the same."""
        found = set(numbers.contradictions(numbers.state(self.stage, self.slug))) - FORGIVEN
        self.figures.equal(f"contradictions {when}", "; ".join(sorted(found)) or "none", "none")
        self.figures.equal(f"differences {when}", self.hand("compare"), "{}")
        self.verify(when)


def begin(stage: Stage, slug: str, title: str) -> Scene:
    """Publish a letter and wait until it is signed."""
    stage.letter(slug)
    stage.need("web", "beat", "ledger")
    rows: list[dict[str, Any]] = stage.ask("SELECT public_id FROM letters_letter WHERE slug = %s", slug)
    home = stage.folder / "published" / "ledger" / str(rows[0]["public_id"])
    scene = Scene(stage, slug, home, stage.folder / f"{slug}.json", Figures(title))
    scene.settle()
    return scene


def size_of(note: str) -> int:
    """Return how many leaves a checkpoint speaks of."""
    return int(note.split("\n")[1])
