"""The whole site as a person starts it: `manage.py quickstart` with all its processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

from tests.embedded_plugin import ENVIRONMENT

ROOT: Final = Path(__file__).resolve().parent.parent
START_SECONDS: Final = 90.0
AGE: Final = """
UPDATE letters_message SET idempotency_key = md5(idempotency_key || uid)
WHERE kind IN ('reply', 'link', 'data')
"""
OURS: Final = {
    *ENVIRONMENT,
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DATABASE_URL",
    "REDIS_URL",
    "DATA_DIR",
    "DJANGO_SETTINGS_MODULE",
}


class Site:
    """A running quickstart: its lines so far, and its address. `host` is how browsers call this machine."""

    def __init__(self, data: Path, *words: str, host: str = "", **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://{host or '127.0.0.1'}:{self.port}"
        if host:
            environment |= {"SITE_URL": self.url, "ALLOWED_HOSTS": "127.0.0.1"}
        self.log = data.with_suffix(".log")
        command = [sys.executable, str(ROOT / "manage.py"), "quickstart", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--data", str(data), *words],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=clean_environment() | environment,
                start_new_session=True,
            )

    def lines(self) -> list[str]:
        """Return what it has written."""
        return self.log.read_text("utf-8", "replace").splitlines()

    def await_ready(self) -> None:
        """Wait for the line that says so."""
        deadline = time.monotonic() + START_SECONDS
        while f"ready http://127.0.0.1:{self.port}/" not in self.lines():
            assert self.process.poll() is None, "\n".join(self.lines())
            assert time.monotonic() < deadline, "\n".join(self.lines())
            time.sleep(0.1)

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(timeout=30)

    def left_over(self) -> list[str]:
        """Return every process that names our data folder or carries it in its environment."""
        mark = str(self.data).encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
            except OSError:
                continue
            if (mark in words or mark in environment) and int(folder.name) != os.getpid():
                found.append(words.replace(b"\0", b" ").decode("utf-8", "replace"))
        return found


def shell(live: Site, script: str) -> subprocess.Popen[str]:
    """Let somebody at the server work through the services."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity", "0", "-c", script]
    surroundings = clean_environment() | {"DATA_DIR": str(live.data)}
    return subprocess.Popen(
        command, env=surroundings, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def done(process: subprocess.Popen[str]) -> str:
    """Wait until that work is done, and return what it printed."""
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said.strip()


def let_a_minute_pass(live: Site) -> None:
    """Take the last answers by mail for those of another minute: a mailbox gets one in each."""
    lines = (live.data / "servers.env").read_text("utf-8").splitlines()
    [url] = [line.partition("=")[2] for line in lines if line.startswith("DATABASE_URL=")]
    with psycopg.connect(url) as connection:
        connection.execute(AGE)


def clean_environment() -> dict[str, str]:
    """Return our environment without what the tests added to it."""
    return {name: value for name, value in os.environ.items() if name not in OURS}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path, *words: str, host: str = "", **environment: str) -> Iterator[Site]:
    """Start a site, wait until it is ready, and stop it in the end."""
    site = Site(data, *words, host=host, **environment)
    try:
        site.await_ready()
        yield site
    finally:
        site.stop()
