"""The one command: ready, in use, stopped, killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from tests import site
from tests.site import ROOT, Site

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Site]:
    one = Site(tmp_path / "data", "--no-demo")
    try:
        one.await_ready()
        yield one
    finally:
        one.stop(signal.SIGKILL)


def await_none(one: Site, *, within: float = 5.0) -> list[str]:
    deadline = time.monotonic() + within
    while one.left_over() and time.monotonic() < deadline:
        time.sleep(0.1)
    return one.left_over()


def test_it_says_what_a_person_needs_and_a_second_terminal_finds_it(started: Site) -> None:
    lines = started.lines()
    assert f"ready {started.url}/" in lines
    text = "\n".join(lines)
    assert f"organizer's login at {started.url}/admin/: organizer@undersigned.example " in text
    assert f"shown at {started.url}/dev/mailbox/" in text
    assert "Traceback" not in text
    for path in ("/", "/dev/mailbox/", "/accounts/login/", "/api/v1/letters", "/static/css/site.css"):
        with urllib.request.urlopen(started.url + path) as response:
            assert response.status == 200
    environment = site.clean_environment() | {"DATA_DIR": str(started.data)}
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "shell",
        "-c",
        "from letters.models import User; print(User.objects.get())",
    ]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "organizer@undersigned.example" in told.stdout
    assert (started.data / "secrets.env").stat().st_mode & 0o777 == 0o600
    assert started.stop(signal.SIGINT) == 0
    assert await_none(started) == []
    assert "Traceback" not in "\n".join(started.lines())


def test_kill_9_leaves_no_process_and_it_starts_again_with_the_same_keys(started: Site) -> None:
    keys = (started.data / "secrets.env").read_text()
    started.stop(signal.SIGKILL)
    assert await_none(started) == []
    again = Site(started.data, "--no-demo")
    try:
        again.await_ready()
        assert (started.data / "secrets.env").read_text() == keys
        assert "(password set earlier)" in "\n".join(again.lines())
        assert again.stop(signal.SIGTERM) == 0
        assert await_none(again) == []
    finally:
        again.stop(signal.SIGKILL)


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run(["--port", str(port), "--data", str(tmp_path / "data")])
    assert told.returncode == 1
    assert f"Port {port} is taken" in told.stderr
    assert f"make run PORT={port + 1}" in told.stderr


def test_half_a_configuration_is_refused(tmp_path: Path) -> None:
    words = ["--port", str(site.free_port()), "--data", str(tmp_path / "data")]
    told = run(words, DATABASE_URL="postgresql://127.0.0.1/x")
    assert told.returncode == 1
    assert "Only one of DATABASE_URL and REDIS_URL is set." in told.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user is one already")
def test_an_ordinary_user_can_run_it() -> None:
    # Another user, who may read our virtual environment wherever it lies.
    reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *reading]
    port = site.free_port()
    with tempfile.TemporaryDirectory(prefix="us-", dir="/tmp") as home:
        shutil.chown(home, 65534, 65534)
        words = ["quickstart", "--no-demo", "--port", str(port), "--data", f"{home}/data"]
        process = subprocess.Popen(
            [*nobody, sys.executable, str(ROOT / "manage.py"), *words],
            env=site.clean_environment() | {"HOME": home, "TMPDIR": home},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        lines = list(takewhile(lambda line: not line.startswith("ready "), process.stdout))
        assert process.poll() is None, "".join(lines)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert process.returncode == 0


def run(words: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), "quickstart", *words]
    return subprocess.run(
        command,
        env=site.clean_environment() | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
