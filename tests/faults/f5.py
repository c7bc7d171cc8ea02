"""F5: `kill -9` of web workers while people sign. Who tries again has signed once, and nothing is half."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from typing import Final

from tests.faults import killing, outbox, script
from tests.faults.crowd import Crowd, until
from tests.faults.figures import Figures
from tests.faults.stage import Stage

SLUG: Final = "fault-5"
FULL: Final = {"people": 5000, "kills": 50}
ALL_OF: Final = 5  # every fifth time both workers die
MOST_IN_A_MINUTE: Final = f"""
SELECT coalesce(max(times), 0) FROM (SELECT count(*) AS times FROM letters_message WHERE {outbox.OF}
GROUP BY mailbox, date_trunc('minute', created_at)) AS replies
"""
DISTINCT: Final = f"SELECT count(DISTINCT email_key) FROM letters_signature WHERE {outbox.OF}"
ROWS: Final = f"SELECT count(*) FROM letters_signature WHERE {outbox.OF}"


def run(stage: Stage, *, people: int, kills: int) -> Figures:
    """Kill workers under their master, which starts others; people post the same form until it worked."""
    stage.letter(SLUG)
    stage.need("web")
    killed = half = 0
    with Crowd(stage.port, SLUG) as crowd:
        for step in range(kills):
            crowd.come(people // kills)
            crowd.await_signed(step * (people // kills) + random.randint(1, people // kills // 2))
            time.sleep(random.uniform(0, 0.02))
            killed += kill_workers(stage, everyone=step % ALL_OF == 0)
            half += half_done(stage)  # at once: whoever tries again would mend it
            until(lambda: len(workers(stage)) == 2, within=30)
        crowd.finish()
    figures = Figures(f"F5: kill -9 of web workers, {kills} times")
    figures.at_least("workers killed", killed, kills)
    figures.equal("sign-ups acknowledged", len(crowd.acknowledged), people // kills * kills)
    figures.at_least("posts cut off and tried again", crowd.statuses()[0], 1)
    figures.equal("server errors", crowd.server_errors(), 0)
    figures.equal("mailboxes that signed", stage.number(DISTINCT, SLUG), len(crowd.acknowledged))
    figures.equal("signatures", stage.number(ROWS, SLUG), len(crowd.acknowledged))
    figures.equal("half states right after a kill", half, 0)
    figures.equal("half states in the end", half_done(stage), 0)
    figures.equal("most replies to one mailbox in a minute", stage.number(MOST_IN_A_MINUTE, SLUG), 1)
    outbox.clear(stage, SLUG)
    return figures


def half_done(stage: Stage) -> int:
    """Return how many signatures lack their message, and messages their signature."""
    without_message = outbox.signatures_without_message(stage, SLUG)
    return without_message + outbox.messages_without_signature(stage, SLUG)


def workers(stage: Stage) -> list[int]:
    """Return the processes that answer requests."""
    return killing.children_of(stage.processes["web"].pid)


def kill_workers(stage: Stage, *, everyone: bool) -> int:
    """Kill one worker, or all of them, and return how many."""
    alive = workers(stage)
    doomed = alive if everyone else random.sample(alive, min(1, len(alive)))
    for pid in doomed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(doomed)


if __name__ == "__main__":
    script.main(run, FULL)
