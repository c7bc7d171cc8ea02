"""Real PostgreSQL and Valkey as children: started, found again, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from advocacy import binaries, children, embedded

LONELY = """
import sys, time
from pathlib import Path
from advocacy import embedded
servers = embedded.start(Path(sys.argv[1]), durable=False)
print(servers.database_url, flush=True)
time.sleep(600)
"""


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short name that other users can reach."""
    with tempfile.TemporaryDirectory(prefix="us-", dir="/tmp") as name:
        yield Path(name)


def of(data: Path) -> list[str]:
    """Return the living processes whose command line or folder is `data`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            where = str((folder / "cwd").readlink())
        except OSError:
            continue
        if words and (str(data) in words or where.startswith(str(data))) and int(folder.name) != os.getpid():
            found.append(words)
    return found


def await_none(data: Path, *, within: float = 5.0) -> list[str]:
    deadline = time.monotonic() + within
    while of(data) and time.monotonic() < deadline:
        time.sleep(0.1)
    return of(data)


def test_both_servers_answer_and_stop_without_a_trace(tmp_path: Path) -> None:
    with embedded.start(tmp_path, durable=False) as servers:
        with psycopg.connect(servers.database_url) as connection:
            trigrams = connection.execute("SHOW server_encoding").fetchone()
        assert trigrams == ("UTF8",)
        assert redis.Redis.from_url(servers.redis_url).ping()
        assert of(tmp_path)
    assert await_none(tmp_path) == []


def test_a_second_start_finds_what_the_first_one_stored(tmp_path: Path) -> None:
    with embedded.start(tmp_path) as servers, psycopg.connect(servers.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with embedded.start(tmp_path) as servers, psycopg.connect(servers.database_url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_two_folders_side_by_side(tmp_path: Path) -> None:
    with (
        embedded.start(tmp_path / "one", durable=False) as one,
        embedded.start(tmp_path / "two", durable=False) as two,
    ):
        assert one.database_url != two.database_url
        for servers in (one, two):
            with psycopg.connect(servers.database_url) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_folder_in_use_is_refused_with_a_hint(tmp_path: Path) -> None:
    with embedded.start(tmp_path, durable=False), pytest.raises(embedded.CannotStart, match="in use"):
        embedded.start(tmp_path, durable=False)


def test_kill_9_leaves_nothing_and_the_next_start_works(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", LONELY, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"postgresql://")
    process.kill()
    process.wait()
    process.stdout.close()
    assert await_none(tmp_path) == []
    with (
        embedded.start(tmp_path, durable=False) as servers,
        psycopg.connect(servers.database_url) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_missing_programs_are_said_with_the_command_that_brings_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "_package", lambda name: tmp_path / "nowhere")
    monkeypatch.setattr(binaries, "DISTRIBUTION", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    for find in (binaries.postgres, binaries.valkey):
        with pytest.raises(binaries.Missing, match=r"requirements-embedded\.txt"):
            find()
    with pytest.raises(binaries.Missing):
        embedded.start(tmp_path / "data")
    assert await_none(tmp_path / "data") == []


def test_a_socket_folder_of_somebody_else_is_refused(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(short))
    with embedded.start(short / "data", durable=False):
        [folder] = short.glob("undersigned-*")
    folder.chmod(0o777)
    with pytest.raises(embedded.CannotStart, match="somebody else"):
        embedded.start(short / "data", durable=False)


def test_a_long_name_of_the_folder_for_temporary_files_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("long" * 20)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    with embedded.start(tmp_path / "data", durable=False) as servers:
        assert str(long) not in servers.database_url


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_where_user_namespaces_are_forbidden_it_runs_as_nobody(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short.chmod(0o755)
    monkeypatch.setattr(binaries, "can_unshare", lambda: False)
    with embedded.start(short, durable=False) as servers:
        with psycopg.connect(servers.database_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        status = Path(f"/proc/{servers.processes[0][0].pid}/status").read_text()
        assert f"Uid:\t{children.NOBODY}" in status
    assert await_none(short) == []


def test_a_child_that_does_not_listen_is_ended(tmp_path: Path) -> None:
    deaf = "import signal, time\n"
    deaf += "signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    child = children.spawn([sys.executable, "-c", deaf], output=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    children.stop(child, within=0.3)
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
