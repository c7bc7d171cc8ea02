"""T19: whoever takes the database and Redis learns no address of a reader, nor their network."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from redis import Redis

from letters import limits
from tests import builders

pytestmark = pytest.mark.django_db
READERS = ("198.51.100.201", "2001:db8:feed:1200:aaaa:bbbb:cccc:dddd")
TRACES = (b"198.51.100", b"feed:12", bytes([198, 51, 100]), bytes.fromhex("20010db8feed12"))
AGENT = "Canary-Browser/77"


def held_by_redis() -> bytes:
    server: Redis = Redis.from_url(settings.REDIS_URL)
    held = []
    for key in server.scan_iter():
        kind = server.type(key)
        value = server.lrange(key, 0, -1) if kind == b"list" else [server.get(key)]  # type: ignore[misc]
        held += [key, *value]  # type: ignore[misc]
    assert held
    return b"\n".join(one or b"" for one in held)


def held_by_the_database() -> bytes:
    held = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            held += [row[0] for row in cursor.fetchall()]
    return "\n".join(held).encode()


@pytest.mark.parametrize("proxies", [0, 1])
def test_what_readers_ask_leaves_no_address_anywhere(
    client: Client, proxies: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(settings, "TRUSTED_PROXIES", proxies)
    builders.counted(builders.letter())
    for reader in READERS:
        who = {"REMOTE_ADDR": reader} if not proxies else {"HTTP_X_FORWARDED_FOR": f"x, {reader}"}
        for path in ("", "/count", "/timeseries", "/nothing"):
            client.get(f"/api/v1/letters/night-trains{path}", HTTP_USER_AGENT=AGENT, **who)
        for _ in range(limits.FILES.per_minute + 1):
            client.get("/letters/night-trains/data/README.txt", HTTP_USER_AGENT=AGENT, **who)
    held = held_by_redis()
    assert held.count(b"/files/") or b"files/" in held
    for place in (held, held_by_the_database(), caplog.text.encode()):
        assert [trace for trace in (*TRACES, AGENT.encode()) if trace in place] == []
