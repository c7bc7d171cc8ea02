"""Budgets are kept exactly, across processes; without Redis nobody is refused and nobody waits."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from redis import Redis

from advocacy import breaker
from letters import rates
from letters.limits import BUDGET_SECONDS, FILES, NAMES, READING, Budget
from tests.api import readers

# Eight threads of a process of its own, as a web process has them; it says how many were let through.
CROWD = """
import django, sys
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.utils import timezone
from letters import limits, rates
def hit(_):
    return rates.spend(budget=limits.READING, network=sys.argv[1], at=timezone.now()) is None
with ThreadPoolExecutor(8) as pool:
    sys.stdin.readline()
    print(sum(pool.map(hit, range(120))))
"""


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Whatever a test did to the connection is gone for the next."""
    yield
    forget_the_connection()


def forget_the_connection() -> None:
    rates._made.cache_clear()
    rates._key.minute = ""
    breaker.REDIS.resting_until = 0.0


def spend(network: str, *, budget: Budget = FILES, at: datetime | None = None) -> int | None:
    return rates.spend(budget=budget, network=network, at=at or timezone.now())


def test_of_480_at_once_exactly_120_are_let_through() -> None:
    command = [sys.executable, "-c", CROWD, readers.another()]
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "advocacy.settings"}
    crowd = [
        subprocess.Popen(command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for one in crowd:
        assert one.stdin
        one.stdin.write("now\n")
        one.stdin.flush()
    granted = [int(one.communicate(timeout=60)[0]) for one in crowd]
    assert sum(granted) == READING.per_minute == 120


def test_networks_and_budgets_are_counted_apart() -> None:
    mine, other = readers.another(), readers.another()
    assert [spend(mine) for _ in range(FILES.per_minute)] == [None] * FILES.per_minute
    assert spend(mine) is not None
    assert spend(other) is None
    assert spend(mine, budget=NAMES) is None


def test_whoever_is_refused_is_told_when_to_come_back() -> None:
    mine = readers.another()
    for _ in range(FILES.per_minute):
        spend(mine)
    assert BUDGET_SECONDS - 2 <= (spend(mine) or 0) <= BUDGET_SECONDS


def test_a_refused_question_does_not_move_the_end_of_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "BUDGET_SECONDS", 1)
    mine = readers.another()
    begin = time.monotonic()
    while spend(mine) is None:
        pass
    while time.monotonic() - begin < 0.9:
        assert spend(mine) == 1
        time.sleep(0.1)
    time.sleep(max(0.0, begin + 1.2 - time.monotonic()))
    assert spend(mine) is None


def test_no_address_is_kept_and_its_fingerprints_are_gone_in_a_minute(settings: Settings) -> None:
    canary = "198.51.100.0/24"
    spend(canary)
    server = Redis.from_url(settings.REDIS_URL)
    keys = [key.decode() for key in server.scan_iter(f"{rates.PREFIX}:*")]
    counts = [key for key in keys if ":key:" not in key]
    assert counts
    assert "198.51" not in " ".join(keys)
    assert all(0 < server.ttl(key) <= BUDGET_SECONDS for key in counts)


def test_the_key_of_a_day_is_random_shared_and_forgotten(settings: Settings) -> None:
    server = Redis.from_url(settings.REDIS_URL)
    day = datetime(2031, 1, 2, 3, 4, tzinfo=UTC)
    name = f"{rates.PREFIX}:key:2031-01-02"
    server.delete(name)
    spend(readers.another(), at=day)
    first = server.get(name)
    assert isinstance(first, bytes)
    assert len(first) == 32
    assert 0 < server.ttl(name) <= timedelta(days=1).total_seconds()
    rates._key.minute = ""  # as another process begins
    spend(readers.another(), at=day)
    assert server.get(name) == rates._key.value == first
    spend(readers.another(), at=day + timedelta(days=1))
    assert rates._key.value != first


def test_a_redis_that_was_emptied_gets_a_new_key_within_a_minute(settings: Settings) -> None:
    server = Redis.from_url(settings.REDIS_URL)
    now = datetime(2031, 2, 3, 4, 5, 30, tzinfo=UTC)
    spend(readers.another(), at=now)
    before = rates._key.value
    server.delete(f"{rates.PREFIX}:key:2031-02-03")
    spend(readers.another(), at=now + timedelta(minutes=1))
    assert rates._key.value not in (before, b"")


def test_without_redis_everybody_is_let_through(settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nothing.sock"
    forget_the_connection()
    mine = readers.another()
    begin = time.monotonic()
    assert [spend(mine) for _ in range(3 * FILES.per_minute)] == [None] * 3 * FILES.per_minute
    assert time.monotonic() - begin < 1


def test_a_redis_that_hangs_costs_one_wait_and_then_none(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "WAIT_SECONDS", 0.1)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.REDIS_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        forget_the_connection()
        begin = time.monotonic()
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(spend, [readers.another() for _ in range(200)])) == {None}
        assert time.monotonic() - begin < 1
    assert "Redis does not answer, going on without it" in caplog.text


def test_threads_that_ask_first_at_the_same_moment_share_one_connection_pool() -> None:
    for _ in range(20):
        forget_the_connection()
        gate = threading.Barrier(16)

        def ask(gate: threading.Barrier = gate) -> int | None:
            gate.wait(timeout=30)
            return spend(readers.another())

        with ThreadPoolExecutor(16) as pool:
            asked = [pool.submit(ask) for _ in range(16)]
            assert {one.result() for one in asked} == {None}
