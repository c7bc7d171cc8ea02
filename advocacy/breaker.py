"""Asking a server that may be away: nobody waits long for it, and nobody asks again at once."""

from __future__ import annotations

import logging
import time
from typing import Final

log = logging.getLogger(__name__)
WAIT_SECONDS: Final = 0.1  # longer than any answer takes on one network
REST_SECONDS: Final = 5.0  # after a failure nobody asks for so long: one slow request in five seconds


class Breaker:
    """A circuit breaker (Nygard, Release It, 2007) of one server, for all threads of a process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.resting_until = 0.0

    @property
    def rests(self) -> bool:
        """Whether the server failed a moment ago and should not be asked."""
        return time.monotonic() < self.resting_until

    def trip(self, error: Exception) -> None:
        """Take note of a failure: nobody asks for a while."""
        self.resting_until = time.monotonic() + REST_SECONDS
        log.warning("%s does not answer, going on without it: %s", self.name, error)


REDIS: Final = Breaker("Redis")
"""One for everything that asks this server: the cache and the rates wait for it once together."""
