"""What is measured, in which order: all kinds in turns, so that a slow minute hits them alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import count, repeat
from typing import Final

from django.utils import timezone

from bench import load, posts, processor, rows
from bench.load import Round
from bench.pgbench import Pgbench
from bench.sealing import Sealer
from bench.stage import Stage
from letters.models import LetterText
from letters.services import ledger

NOTHING, LIMIT, SIGN, CONFIRM, INSERT = "nothing", "L_sign", "sign", "confirm", "INSERT"
SEALED: Final = {SIGN: "sign, sealing", CONFIRM: "confirm, sealing"}
KINDS: Final = (LIMIT, SIGN, CONFIRM, INSERT, NOTHING)
FIRST_GUESS: Final = 500.0
"""Confirmations a second to prepare rows for, before one was measured."""

Results = dict[tuple[int, int, str], list[Round]]
"""By stored signatures, clients and kind; the rounds of one place in the lists were neighbours."""


@dataclass(frozen=True)
class Options:
    """How much of it."""

    sizes: Sequence[int]
    clients: Sequence[int]
    rounds: int
    seconds: float


@dataclass
class Bench:
    """One run."""

    stage: Stage
    options: Options
    text: LetterText
    sealer: Sealer
    results: Results = field(default_factory=lambda: defaultdict(list))
    numbers: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.pgbench = Pgbench(self.stage.database_url, self.stage.folder)
        self.path = f"/letters/{self.text.letter.slug}/sign/"

    def run(self, *, say: Callable[[str], None]) -> Results:
        """Measure all sizes, from the smallest."""
        for size in sorted(self.options.sizes):
            say(f"{size:,} signatures: loading")
            self._count_all()
            rows.fill(self.text, size)
            for clients in self.options.clients:
                self._round(SIGN, clients), self._round(LIMIT, clients)  # warms threads and connections
                for turn in range(self.options.rounds):
                    say(f"{size:,} signatures, {clients} clients, round {turn + 1}")
                    self._turn(size, clients, turn)
        return self.results

    def _turn(self, size: int, clients: int, turn: int) -> None:
        kinds = [*KINDS, *SEALED.values()] if clients == max(self.options.clients) else [*KINDS]
        first = turn % len(kinds)
        for kind in kinds[first:] + kinds[:first]:
            done = self._round(kind, clients)
            self.results[size, clients, kind].append(done)

    def _round(self, kind: str, clients: int) -> Round:
        seconds = self.options.seconds / 3 if kind == NOTHING else self.options.seconds
        port = self.stage.limit if kind in {LIMIT, NOTHING} else self.stage.site
        requests, sealed = self._requests(kind, clients), kind in SEALED.values()
        if sealed:
            self._count_all()
        web, database = processor.used(self.stage.web), processor.used([self.stage.database])
        with self.sealer.awake() if sealed else nullcontext():
            if kind == INSERT:
                done = self.pgbench.run(clients=clients, seconds=seconds)
            else:
                done = load.run(port, requests, clients=clients, seconds=seconds)
        web = processor.used(self.stage.web) - web
        return replace(done, web=web, database=processor.used([self.stage.database]) - database)

    def _requests(self, kind: str, clients: int) -> Iterator[bytes]:
        if kind == INSERT:
            return iter(())
        if kind == NOTHING:
            return repeat(posts.post("/nothing/", port=self.stage.limit, fields=posts.answers(0)))
        if kind == LIMIT:
            return posts.limit("/sign/", port=self.stage.limit, numbers=self.numbers)
        if kind in {SIGN, SEALED[SIGN]}:
            return posts.sign(self.path, port=self.stage.site, numbers=self.numbers)
        return self._confirmations(clients)

    def _confirmations(self, clients: int) -> Iterator[bytes]:
        measured = [done[-1].rate for key, done in self.results.items() if key[1:] == (clients, CONFIRM)]
        many = int(max(measured, default=FIRST_GUESS) * 1.5 * self.options.seconds)
        now = timezone.now()
        waiting = rows.pending(self.text, numbers=self.numbers, many=many, at=now)
        return rows.confirmations(waiting, port=self.stage.site, at=now)

    def _count_all(self) -> None:
        while ledger.seal(letter_id=self.text.letter_id, at=timezone.now()):
            pass
