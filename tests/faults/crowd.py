"""Many people who sign by the form, each with a mailbox of their own, and try again until it worked."""

from __future__ import annotations

import http.client
import itertools
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

THREADS: Final = 8
PATIENCE: Final = 120.0  # seconds that a person tries again
BETWEEN_TRIES: Final = 0.1
TAKEN: Final = 303
NO_ANSWER: Final = 0
WAIT_MOST: Final = 180.0


@dataclass(frozen=True)
class Post:
    """One try to sign."""

    address: str
    started: float
    ended: float
    status: int

    @property
    def seconds(self) -> float:
        """How long the person waited."""
        return self.ended - self.started


class Crowd:
    """Threads that sign one letter. Use it as a context manager."""

    def __init__(self, port: int, slug: str, *, threads: int = THREADS) -> None:
        self.port = port
        self.slug = slug
        self.posts: list[Post] = []
        self.acknowledged: dict[str, float] = {}
        self._numbers = itertools.count()
        self._pool = ThreadPoolExecutor(threads)
        self._busy: list[Future[None]] = []

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def come(self, people: int) -> None:
        """Let so many more people sign, without waiting for them."""
        self._busy += [self._pool.submit(self._sign, next(self._numbers)) for _ in range(people)]

    def finish(self) -> None:
        """Wait until everybody who came has signed."""
        done, late = wait(self._busy, timeout=WAIT_MOST)
        assert not late, f"{len(late)} people still try to sign"
        for one in done:
            one.result()
        self._busy = []

    def await_signed(self, number: int) -> None:
        """Wait until so many people have got their answer."""
        until(lambda: len(self.acknowledged) >= number, within=WAIT_MOST)

    def statuses(self) -> Counter[int]:
        """Return how often each status was answered."""
        return Counter(post.status for post in self.posts)

    def server_errors(self) -> int:
        """Return how many answers were 5xx."""
        return sum(times for status, times in self.statuses().items() if status >= 500)

    def answered_after(self, moment: float) -> float:
        """Return how long after `moment` a person who came later got the right answer."""
        later = [post.ended for post in self.posts if post.started > moment and post.status == TAKEN]
        return min(later) - moment if later else float("inf")

    def _sign(self, number: int) -> None:
        address = f"{self.slug}-{number}@example.org"
        form = urlencode(
            {
                "name": "Ben Okafor",
                "email": address,
                "visibility": "public",
                "form_key": f"{self.slug}-{number}",
            }
        )
        first = time.monotonic()
        while time.monotonic() - first < PATIENCE:
            started = time.time()
            status = self._post(form)
            post = Post(address, started, time.time(), status)
            self.posts.append(post)
            if status == TAKEN:
                self.acknowledged[address] = post.ended
                return
            time.sleep(BETWEEN_TRIES)

    def _post(self, form: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        try:
            connection.request("POST", f"/letters/{self.slug}/sign/", form, headers)
            response = connection.getresponse()
            response.read()
            return response.status
        except (OSError, http.client.HTTPException):
            return NO_ANSWER
        finally:
            connection.close()


def until(true: Callable[[], bool], *, within: float, every: float = 0.02) -> float:
    """Wait until something is true, and return how long that took; give up after `within` seconds."""
    first = time.monotonic()
    while not true() and time.monotonic() - first < within:
        time.sleep(every)
    return time.monotonic() - first
