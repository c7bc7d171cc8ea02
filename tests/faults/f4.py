"""F4: the mail server refuses, hangs, answers 4xx, drops the line after DATA. Mails wait, people do not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from tests.faults import outbox, script
from tests.faults.crowd import Crowd, until
from tests.faults.figures import Figures, quantile
from tests.faults.mails import Post
from tests.faults.stage import Stage

SLUG: Final = "fault-4"
FULL: Final = {"people": 5000, "mood_seconds": 30, "drained_within": 300, "sign_most": 1}


@contextmanager
def refusing(stage: Stage) -> Iterator[None]:
    """Nobody listens."""
    stage.mail_server.stop()
    try:
        yield
    finally:
        stage.mail_server.start()


@contextmanager
def hanging(stage: Stage) -> Iterator[None]:
    """It takes the connection and says nothing."""
    stage.inbox.hangs = True
    try:
        yield
    finally:
        stage.inbox.hangs = False


@contextmanager
def greylisting(stage: Stage) -> Iterator[None]:
    """It asks to come back later when it hears the recipient."""
    stage.inbox.refuse_recipient = lambda address: "450 try again later"
    try:
        yield
    finally:
        stage.inbox.refuse_recipient = lambda address: ""


@contextmanager
def full(stage: Stage) -> Iterator[None]:
    """It asks to come back later when it has the whole mail."""
    stage.inbox.refuse_data = "452 insufficient storage"
    try:
        yield
    finally:
        stage.inbox.refuse_data = ""


@contextmanager
def dropping(stage: Stage) -> Iterator[None]:
    """It keeps the mail and drops the line before it says so."""
    stage.inbox.drops_after_data = True
    try:
        yield
    finally:
        stage.inbox.drops_after_data = False


MOODS: Final[dict[str, Callable[[Stage], AbstractContextManager[None]]]] = {
    "refuses": refusing,
    "hangs": hanging,
    "answers 450": greylisting,
    "answers 452": full,
    "drops the line": dropping,
}


def run(stage: Stage, *, people: int, mood_seconds: int, drained_within: int, sign_most: int) -> Figures:
    """Let people sign while the mail server is in each mood, and then give it time to be good."""
    stage.letter(SLUG)
    stage.need("web", "beat", "mail")
    slowest: dict[str, float] = {}
    with Crowd(stage.port, SLUG) as crowd:
        for name, mood in MOODS.items():
            first, began = len(crowd.posts), time.monotonic()
            with mood(stage):
                crowd.come(people // len(MOODS))
                crowd.finish()
                time.sleep(max(0.0, mood_seconds - (time.monotonic() - began)))
            slowest[name] = quantile([post.seconds for post in crowd.posts[first:]], 0.99)
    drained = until(lambda: not outbox.waiting(stage, SLUG), within=drained_within, every=0.2)
    post = Post(stage.inbox, SLUG)
    figures = Figures("F4: the mail server's bad days")
    figures.equal("sign-ups acknowledged", len(crowd.acknowledged), people // len(MOODS) * len(MOODS))
    figures.equal("answers other than 303", len(crowd.posts) - crowd.statuses()[303], 0)
    for name, seconds in slowest.items():
        figures.at_most(f"p99 of signing while it {name}, seconds", seconds, sign_most)
    figures.equal("mails lost", post.lost(crowd.acknowledged), 0)
    figures.equal("messages not settled", outbox.waiting(stage, SLUG), 0)
    figures.at_most("seconds until all had left", drained, drained_within)
    figures.note("duplicates, all of dropped lines", post.duplicates())
    figures.equal("duplicates under another Message-ID", post.strangers(), 0)
    return figures


if __name__ == "__main__":
    script.main(run, FULL)
