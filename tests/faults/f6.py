"""F6: `kill -9` of what counts, while people confirm and withdraw. The number adds up every time.

Nor does a death at any point between sealing, signing and publishing make the ledger contradict
what it said before.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from tests.faults import numbers, outbox, script
from tests.faults.crowd import until
from tests.faults.figures import Figures
from tests.faults.stage import Stage
from tests.faults.witness import Witness

SLUG: Final = "fault-6"
FULL: Final = {"kills": 1000, "celery_kills": 10}
LIVES_MOST: Final = 0.08  # seconds, from its start to its death: some seals of ten milliseconds each
COUNTED_WITHIN: Final = 60.0


def run(stage: Stage, *, kills: int, celery_kills: int) -> Figures:
    """Kill a loop of seals, and then the real worker; look at the number after each death."""
    stage.letter(SLUG)
    stage.need()
    contradictions: list[str] = []
    witness = Witness(stage, SLUG)
    words = ["tests.faults.hands", "people", SLUG]
    people = stage.start("people", words, output=subprocess.PIPE)
    made = within_a_seal = 0
    with counter(stage) as (lines, end):
        # Where much else runs, most die before they publish: then more have to.
        while made < kills or (len(witness.published) < kills // 20 and made < 10 * kills):
            within_a_seal += kill_next(lines)
            contradictions += numbers.contradictions(numbers.state(stage, SLUG)) + witness.look()
            made += 1
        end()
    stage.need("beat", "ledger", "people")
    for _ in range(celery_kills):
        await_counted(stage)
        time.sleep(random.uniform(0, 1.0))
        stage.kill("ledger")
        contradictions += numbers.contradictions(numbers.state(stage, SLUG)) + witness.look()
        stage.restart("ledger")
    confirmed, withdrawn = farewell(people)
    until(lambda: not numbers.state(stage, SLUG)["waiting"], within=COUNTED_WITHIN, every=0.2)
    last = numbers.state(stage, SLUG)
    contradictions += numbers.contradictions(last) + witness.look()
    figures = Figures(f"F6: kill -9 of what counts, {made} times, and of the Celery worker, {celery_kills}")
    figures.at_least("deaths within a seal", within_a_seal, kills // 4)
    figures.at_least("confirmed meanwhile", confirmed, kills // 10)
    figures.at_least("signed checkpoints that the witness saw", len(witness.published), kills // 20)
    figures.equal("contradictions in the number and the ledger", len(contradictions), 0)
    for what in sorted(set(contradictions)):
        figures.equal(f"  {what}", contradictions.count(what), 0)
    figures.equal("entries that wait in the end", last["waiting"], 0)
    figures.equal("the number in the end", last["count"], confirmed - withdrawn)
    stage.need()
    outbox.clear(stage, SLUG)
    return figures


@contextmanager
def counter(stage: Stage) -> Iterator[tuple[IO[bytes], Any]]:
    """Start the process whose children count; hand out its lines, and what ends it."""
    process = stage.start("count", ["tests.faults.hands", "count", SLUG], output=subprocess.PIPE)
    assert process.stdout
    yield process.stdout, lambda: stage.kill("count")


def kill_next(lines: IO[bytes]) -> int:
    """Kill the child that counts now, and return 1 when the one before it died within a seal."""
    *before, pid = [int(word) for word in lines.readline().split()]
    time.sleep(random.uniform(0, LIVES_MOST))
    os.kill(pid, signal.SIGKILL)
    return sum(before)


def await_counted(stage: Stage) -> None:
    """Wait until the number has grown."""
    before = numbers.state(stage, SLUG)["signed"]
    until(lambda: bool(numbers.state(stage, SLUG)["signed"] > before), within=60)


def farewell(people: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Let the people go and return how many confirmed and how many withdrew."""
    people.terminate()
    assert people.stdout
    with people.stdout:
        confirmed, withdrawn = people.stdout.read().split()[-2:]
    people.wait(timeout=10)
    return int(confirmed), int(withdrawn)


if __name__ == "__main__":
    script.main(run, FULL)
