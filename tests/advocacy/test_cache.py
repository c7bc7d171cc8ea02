"""A cache that may be away: everything is a miss, at once, and it comes back by itself."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from advocacy import breaker
from advocacy.cache import ForgivingRedisCache


@pytest.fixture(autouse=True)
def awake() -> Iterator[None]:
    breaker.REDIS.resting_until = 0.0
    yield
    breaker.REDIS.resting_until = 0.0


def every_answer(cache: ForgivingRedisCache) -> list[object]:
    with pytest.raises(ValueError, match="not found"):
        cache.incr("n")
    return [
        cache.get("a"), cache.get("a", "other"), cache.get_many(["a"]), cache.has_key("a"), cache.add("a", 1),
        cache.set("a", 1), cache.set_many({"a": 1}), cache.touch("a"), cache.delete("a"),
        cache.delete_many(["a"]), cache.clear(),
    ]  # fmt: skip


MISSES = [None, "other", {}, False, False, None, ["a"], False, False, None, False]


def test_it_keeps_what_it_is_given_while_the_server_is_there() -> None:
    cache = ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "test-cache"})
    cache.set("name", "Ольга")
    cache.set("n", 1)
    assert (cache.get("name"), cache.incr("n"), cache.get("none")) == ("Ольга", 2, None)
    cache.delete_many(["name", "n"])
    assert cache.get("name") is None


def test_one_client_asks_for_every_key_and_many_connections_serve_it() -> None:
    cache = ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "test-cache"})
    assert cache._cache.get_client("a") is cache._cache.get_client("b", write=True)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: cache.set(f"n{number}", number), range(200)))
        read = list(pool.map(lambda number: cache.get(f"n{number}"), range(200)))
    cache.delete_many([f"n{number}" for number in range(200)])
    assert read == list(range(200))


@pytest.mark.parametrize("key", ["a", "b"])
def test_without_a_server_everything_is_a_miss(key: str, tmp_path: Path) -> None:
    assert every_answer(ForgivingRedisCache(f"unix://{tmp_path}/nothing.sock", {})) == MISSES


def test_a_server_that_hangs_costs_one_wait_and_then_none(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "WAIT_SECONDS", 0.1)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        cache = ForgivingRedisCache(f"redis://127.0.0.1:{deaf.getsockname()[1]}/0", {})
        begin = time.monotonic()
        assert cache.get("a") is None
        assert time.monotonic() - begin < 1
        assert every_answer(cache) == MISSES
        assert time.monotonic() - begin < 1
    assert caplog.text.count("going on without it") == 1


def test_after_a_rest_it_asks_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(breaker, "REST_SECONDS", 0.2)
    assert ForgivingRedisCache(f"unix://{tmp_path}/nothing.sock", {}).get("a") is None
    there = ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "test-cache"})
    there.set("a", 1)
    assert there.get("a") is None
    time.sleep(0.25)
    there.set("a", 1)
    assert there.get("a") == 1
    there.delete("a")
