"""F3: Valkey killed and emptied while people sign. Nobody notices but a mail that is a little late."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import Final

from tests.faults import outbox, script
from tests.faults.crowd import Crowd, until
from tests.faults.figures import Figures, quantile
from tests.faults.mails import Post
from tests.faults.stage import Stage

SLUG: Final = "fault-3"
FULL: Final = {"people": 5000, "kills": 10, "longest_outage": 30, "sign_most": 1}
WAIT_MOST: Final = 120.0
OUTAGE_MOST: Final = 3.0  # seconds; one of them lasts as long as is asked
LATE_MOST: Final = 30.0
Outage = tuple[float, float]


def run(stage: Stage, *, people: int, kills: int, longest_outage: int, sign_most: int) -> Figures:
    """Kill Valkey, leave people without it for a while, and start an empty one."""
    stage.letter(SLUG)
    stage.need("web", "beat", "mail")
    outages: list[Outage] = []
    with Crowd(stage.port, SLUG) as crowd:
        for step in range(kills):
            crowd.come(people // kills)
            crowd.await_signed(step * (people // kills) + random.randint(1, people // kills // 2))
            killed = time.time()
            stage.kill_valkey()
            time.sleep(longest_outage if step == kills // 2 else random.uniform(0.2, OUTAGE_MOST))
            stage.restart_valkey()
            outages.append((killed, time.time()))
            crowd.finish()
    until(lambda: not outbox.waiting(stage, SLUG), within=WAIT_MOST, every=0.2)
    post = Post(stage.inbox, SLUG)
    figures = Figures(f"F3: Valkey killed and emptied, {kills} times")
    figures.equal("sign-ups acknowledged", len(crowd.acknowledged), people // kills * kills)
    figures.equal("answers other than 303", len(crowd.posts) - crowd.statuses()[303], 0)
    figures.at_most(
        "p99 of signing, seconds", quantile([one.seconds for one in crowd.posts], 0.99), sign_most
    )
    figures.equal("mails lost", post.lost(crowd.acknowledged), 0)
    figures.equal("duplicates", post.duplicates(), 0)
    figures.at_most(
        "seconds that the latest mail was late", latest(post, crowd.acknowledged, outages), LATE_MOST
    )
    return figures


def latest(post: Post, promised: dict[str, float], outages: Sequence[Outage]) -> float:
    """Return the longest wait for a mail, not counting the outage that it fell into."""
    waits = [
        mails[0].moment - begin(promised[address], mails[0].moment, outages)
        for address, mails in post.by_address.items()
        if address in promised
    ]
    return max(waits, default=0.0)


def begin(signed: float, arrived: float, outages: Sequence[Outage]) -> float:
    """Return from when on a mail could have left: Valkey's return from the first outage it met."""
    met = [back for killed, back in outages if killed <= arrived and back >= signed]
    return max(signed, min([met[0], arrived])) if met else signed


if __name__ == "__main__":
    script.main(run, FULL)
