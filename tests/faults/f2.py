"""F2: `kill -9` of all PostgreSQL processes while people sign. What was acknowledged is there."""

from __future__ import annotations

import random
import time
from typing import Final

from tests.faults import numbers, outbox, script
from tests.faults.crowd import Crowd, until
from tests.faults.figures import Figures
from tests.faults.stage import Stage

SLUG: Final = "fault-2"
FULL: Final = {"people": 5000, "kills": 10, "answers_within": 10}
COUNTED_WITHIN: Final = 180.0
SAID_AGAIN: Final = 2.0
"""Longer than a web process says again what it said before, in seconds."""
SIGNED: Final = f"SELECT count(*) FROM letters_signature WHERE {outbox.OF}"
COUNTED: Final = f"{SIGNED} AND state = 'confirmed' AND counted_at IS NOT NULL"


def run(stage: Stage, *, people: int, kills: int, answers_within: int) -> Figures:
    """Kill PostgreSQL in the midst of sign-ups, confirmations and counting, and start it on its data."""
    stage.letter(SLUG)
    stage.need("web", "beat", "ledger")
    stage.start("confirm", ["tests.faults.hands", "confirm", SLUG])
    pauses = []
    with Crowd(stage.port, SLUG) as crowd, numbers.Reader(stage.port, SLUG) as reader:
        for step in range(kills):
            before = step * (people // kills)
            crowd.come(people // kills)
            crowd.await_signed(before + random.randint(1, people // kills // 2))
            killed = time.time()
            stage.kill_postgres()
            stage.restart_postgres()
            crowd.finish()
            pauses.append(crowd.answered_after(killed))
        until(
            lambda: stage.number(COUNTED, SLUG) == len(crowd.acknowledged), within=COUNTED_WITHIN, every=0.2
        )
        time.sleep(SAID_AGAIN)
        reader.read()
    figures = Figures(f"F2: kill -9 of all PostgreSQL processes, {kills} times")
    figures.equal("sign-ups acknowledged", len(crowd.acknowledged), people // kills * kills)
    figures.equal("signatures in the table", stage.number(SIGNED, SLUG), len(crowd.acknowledged))
    figures.equal("signatures without their message", outbox.signatures_without_message(stage, SLUG), 0)
    figures.at_most("seconds until people can sign again", max(pauses), answers_within)
    figures.note("posts that got no good answer", len(crowd.posts) - len(crowd.acknowledged))
    figures.at_least("readings of the count", len(reader.readings), kills)
    figures.equal("readings that were not exact", numbers.wrong(stage, SLUG, reader.readings), 0)
    figures.equal("the last reading", reader.readings[-1].count, len(crowd.acknowledged))
    outbox.clear(stage, SLUG)
    return figures


if __name__ == "__main__":
    script.main(run, FULL)
