"""F1: `kill -9` of the mail worker while people sign. No mail is lost."""

from __future__ import annotations

import random
import time
from typing import Final

from tests.faults import outbox, script
from tests.faults.crowd import Crowd, until
from tests.faults.figures import Figures
from tests.faults.mails import Post
from tests.faults.stage import SLOTS, Stage

SLUG: Final = "fault-1"
FULL: Final = {"people": 5000, "kills": 20, "sent_within": 60}
WAIT_MOST: Final = 180.0


def run(stage: Stage, *, people: int, kills: int, sent_within: int) -> Figures:
    """Kill the worker with all its processes, each time while it sends what this part of people gets."""
    stage.letter(SLUG)
    stage.need("web", "beat", "mail")
    with Crowd(stage.port, SLUG) as crowd:
        for _ in range(kills):
            crowd.come(people // kills)
            await_sent(stage, random.randint(people // kills // 2, people // kills * 9 // 10))
            stage.kill("mail")
            last_kill = time.time()
            stage.restart("mail")
        crowd.finish()
    until(lambda: not outbox.waiting(stage, SLUG), within=WAIT_MOST, every=0.2)
    post = Post(stage.inbox, SLUG)
    figures = Figures(f"F1: kill -9 of the mail worker, {kills} times")
    figures.equal("sign-ups acknowledged", len(crowd.acknowledged), people // kills * kills)
    figures.equal("mails lost", post.lost(crowd.acknowledged), 0)
    figures.at_most("duplicates", post.duplicates(), SLOTS * kills)
    figures.equal("duplicates under another Message-ID", post.strangers(), 0)
    figures.at_most("seconds from the last kill to the last mail", post.last() - last_kill, sent_within)
    figures.equal("messages not settled", outbox.waiting(stage, SLUG), 0)
    return figures


def await_sent(stage: Stage, more: int) -> None:
    """Wait until the worker has sent so many more mails."""
    wanted = len(stage.inbox.mails) + more
    until(lambda: len(stage.inbox.mails) >= wanted, within=30)


if __name__ == "__main__":
    script.main(run, FULL)
