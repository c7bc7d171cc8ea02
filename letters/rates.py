"""How much one network may ask for, counted in Redis, exactly, whichever of our processes it asks.

The window moves: in no sixty seconds more is given than the budget, however the requests fall. While
Redis is away nothing is counted and everything is given. No address is stored: a network is known by a
fingerprint under a random key of the day, which Redis forgets. With that key the windows begin anew, so
around midnight UTC a network may get up to twice its budget in sixty seconds.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil
from threading import Lock
from typing import Any, Final, NamedTuple

from django.conf import settings
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from advocacy import breaker
from advocacy.breaker import REDIS
from letters import crypto, networks
from letters.limits import BUDGET_SECONDS, NETWORK_KEY_KEPT, Budget

PREFIX: Final = "undersigned:rates"
KEY_BYTES: Final = 32
LOCK: Final = Lock()


def take(*, budget: Budget, meta: Mapping[str, Any], at: datetime) -> int | None:
    """Do what `spend` does for the network that a request came from; `meta` is that of the request."""
    network = networks.of(meta, proxies=settings.TRUSTED_PROXIES)
    return spend(budget=budget, network=network, at=at)


def spend(*, budget: Budget, network: str, at: datetime) -> int | None:
    """Take one answer from what a network may have; return None, or in how many seconds it may ask again.

    It takes one question to Redis, a second one only to say when, and gives everything while Redis is away.
    """
    if REDIS.rests:
        return None
    item = RateLimitItemPerSecond(budget.per_minute, BUDGET_SECONDS, budget.name)
    try:
        who = crypto.mac(_key.of(at), network).hex()[:32]
        limiter = _counter().limiter
        if limiter.hit(item, who):
            return None
        again = limiter.get_window_stats(item, who).reset_time - at.timestamp()
    except (RedisError, OSError) as error:
        REDIS.trip(error)
        return None
    return min(BUDGET_SECONDS, max(1, ceil(again)))


class Counter(NamedTuple):
    """What counts: the client keeps the connections open that the limiter asks by."""

    client: Redis
    limiter: MovingWindowRateLimiter


def _counter() -> Counter:
    with LOCK:  # two that were made at once would be one too many, and close what the other uses
        return _made()


@cache
def _made() -> Counter:
    wait: dict[str, Any] = dict.fromkeys(("socket_timeout", "socket_connect_timeout"), breaker.WAIT_SECONDS)
    # One try: whoever waits for a second one waits for nothing.
    client = Redis.from_url(settings.REDIS_URL, **wait, retry=Retry(NoBackoff(), 0))
    storage = RedisStorage("redis://", connection_pool=client.connection_pool, key_prefix=PREFIX)
    return Counter(client, MovingWindowRateLimiter(storage))


@dataclass
class _Key:
    """What turns networks into fingerprints: random, one a day, the same in all processes through Redis.

    A Redis that was emptied has another one. Each process asks for it again once a minute.
    """

    value: bytes = b""
    minute: str = ""

    def of(self, at: datetime) -> bytes:
        """Return the key at this moment, made now if nobody needed it before. Raises RedisError."""
        minute = f"{at:%Y-%m-%d %H:%M}"
        if self.minute != minute:
            self.value = _shared(f"{PREFIX}:key:{at:%Y-%m-%d}")
            self.minute = minute
        return self.value


_key: Final = _Key()


def _shared(name: str) -> bytes:
    pipe = _counter().client.pipeline()
    pipe.set(name, secrets.token_bytes(KEY_BYTES), nx=True, ex=NETWORK_KEY_KEPT)
    pipe.get(name)
    known: bytes = pipe.execute()[1]
    return known
