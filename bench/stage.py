"""The servers of one run: PostgreSQL that syncs, Valkey, and two sites under gunicorn."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from advocacy import children, embedded, environment

ROOT: Final = Path(__file__).resolve().parent.parent
THREADS: Final = ("--worker-class", "gthread", "--workers", "2", "--threads", "8")
"""As `manage.py quickstart` starts it."""
START_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Stage:
    """Where everything is."""

    folder: Path
    database_url: str
    site: int
    """The port of the product."""
    limit: int
    """The port of the smallest Django site."""
    database: int
    """The process whose children are PostgreSQL."""
    cache: int
    """The process that is Valkey."""
    web: list[int]
    """The processes whose children are the web processes of both sites."""
    surroundings: Mapping[str, str]
    """The environment of the product's processes."""


@contextmanager
def opened() -> Iterator[Stage]:
    """Start all on an empty folder beside the real data, on the same disk; in the end remove it.

    The settings of this process become those of the product.
    """
    (ROOT / "var").mkdir(exist_ok=True)
    with ExitStack() as stack:
        temporary = tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var", ignore_cleanup_errors=True)
        folder = Path(stack.enter_context(temporary))
        ports = free_ports(2)
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        servers = stack.enter_context(embedded.start(folder))
        # Debug mode keeps every statement in memory: real sites run without, and so does this one.
        ours = environment.of_processes(folder, port=ports[0]) | {
            "DEBUG": "false",
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
        }
        os.environ.update(ours)
        manage("migrate", "--no-input", "--verbosity", "0")
        manage("migrate", "--run-syncdb", "--verbosity", "0", settings="bench.limit.settings")
        web = []
        for port, module in zip(ports, ("advocacy.wsgi", "bench.limit.wsgi"), strict=True):
            web.append(stack.enter_context(gunicorn(module, port, ours, folder)))
        database, cache = (process.pid for process, _ in servers.processes)
        yield Stage(folder, servers.database_url, *ports, database, cache, web, ours)


def manage(*words: str, settings: str = "advocacy.settings") -> None:
    """Run a command of Django to its end."""
    command = [sys.executable, "-m", "django", *words, "--settings", settings]
    subprocess.run(command, cwd=ROOT, check=True)


@contextmanager
def gunicorn(module: str, port: int, surroundings: Mapping[str, str], folder: Path) -> Iterator[int]:
    """Run the web processes of a site as `manage.py quickstart` does, and hand out their parent."""
    command = [sys.executable, "-m", "gunicorn", f"{module}:application", *THREADS]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--no-control-socket"]
    with (folder / f"{module}-{port}.log").open("wb") as log:
        child = children.spawn(command, output=log, environment=surroundings, folder=ROOT)
    try:
        _await(port)
        yield child.pid
    finally:
        children.stop(child)


def _await(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
