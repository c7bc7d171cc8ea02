"""Where a secret could have stayed: the database, Valkey, files, logs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection

from advocacy import binaries

LOGGERS = ("django", "letters", "advocacy", "gunicorn", "celery")


def dump(*words: str) -> bytes:
    """Return what `pg_dump` writes of the database; as text unless told otherwise."""
    return _run("pg_dump", *words)


def restore(backup: bytes) -> None:
    """Empty every table, and put back what `pg_dump --format=custom` wrote."""
    tables = ", ".join(f'"{name}"' for name in connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
    words = ("--data-only", "--disable-triggers", "--exit-on-error")
    _run("pg_restore", *words, "--dbname", connection.settings_dict["NAME"], given=backup)


def kept_in_valkey() -> str:
    """Return every key and value, whatever its type."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    return b"\n".join(part for key in client.scan_iter() for part in _parts(client, key)).decode("latin-1")


def lasting_in_valkey(seconds: int) -> str:
    """Return every key and value that is still there after so many seconds."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    lasting = [key for key in client.scan_iter() if not 0 < client.ttl(key) <= seconds]
    return b"\n".join(part for key in lasting for part in _parts(client, key)).decode("latin-1")


def files(folder: Path) -> str:
    """Return the name and the content of every file."""
    found = sorted(folder.rglob("*"))
    return "\n".join(
        f"{path}\n{path.read_bytes().decode('latin-1') if path.is_file() else ''}" for path in found
    )


def written(caplog: pytest.LogCaptureFixture) -> str:
    """Return all that was logged, with what the records carry."""
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    return "\n".join(f"{record.getMessage()} {record.args} {record.exc_text}" for record in records)


def _parts(client: redis.Redis, key: bytes) -> Iterator[bytes]:
    yield key
    kind = client.type(key)
    if kind == b"string":
        yield client.get(key) or b""
    elif kind == b"list":
        yield from client.lrange(key, 0, -1)
    elif kind == b"hash":
        yield from (part for pair in client.hgetall(key).items() for part in pair)
    else:
        yield client.dump(key) or b""


def _run(program: str, *words: str, given: bytes = b"") -> bytes:
    connection.ensure_connection()
    there = connection.connection.info
    environment = os.environ | {"PGHOST": there.host, "PGPORT": str(there.port), "PGUSER": there.user}
    environment |= {"PGPASSWORD": there.password, "PGDATABASE": there.dbname}
    command = [str(binaries.postgres() / program), *words]
    done = subprocess.run(command, input=given, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
