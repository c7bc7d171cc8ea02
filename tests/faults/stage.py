"""The site on its own servers, each process of which can be killed by itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row

from advocacy import children, embedded
from tests import smtp
from tests.embedded_plugin import ENVIRONMENT
from tests.faults import killing
from tests.site import ROOT, clean_environment, free_port

SLOTS: Final = 2
"""Mails that the mail worker sends at the same time."""
READY_SECONDS: Final = 60.0
COUNTED_AT_ONCE: Final = {
    "LEDGER_BATCH_MIN": "1",
    "LEDGER_BATCH_SECONDS": "0",
    "LEDGER_SEAL_SECONDS": "1",
}
WEB: Final = [
    "gunicorn", "advocacy.wsgi:application", "--worker-class", "gthread", "--workers", "2", "--threads", "8",
    "--graceful-timeout", "3", "--no-control-socket", "--log-level", "warning",
]  # fmt: skip
WORKER: Final = ["--concurrency", str(SLOTS), "--without-gossip", "--without-mingle", "--loglevel", "warning"]


class Stage:
    """Servers, a mail server, and processes by name: web, beat, mail, ledger, and hands."""

    def __init__(self, folder: Path, *, app: str = "advocacy") -> None:
        self.folder = folder
        self.app = app
        self.mail_server = smtp.Server()
        self.port = free_port()
        self.servers = embedded.start(folder)
        self.environment = clean_environment() | ENVIRONMENT | COUNTED_AT_ONCE
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "advocacy.settings",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "DATABASE_URL": self.servers.database_url,
            "REDIS_URL": self.servers.redis_url,
            "DATA_DIR": str(folder),
            "LEDGER_PUBLISH": str(folder / "published"),
            "PICTURES": str(folder / "pictures"),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_server.port}",
            "PYTHONUNBUFFERED": "1",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def inbox(self) -> smtp.Inbox:
        """What the mail server took."""
        return self.mail_server.inbox

    def run(self, *words: str) -> str:
        """Run a Python module to its end and return what it wrote."""
        command = [sys.executable, "-m", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def letter(self, slug: str) -> int:
        """Publish an open letter and return its id."""
        return int(self.run("tests.faults.hands", "letter", slug))

    def need(self, *names: str) -> None:
        """Have exactly these processes run."""
        for name in set(self.processes) - set(names):
            self.kill(name)
        for name in names:
            if name not in self.processes:
                self.start(name, self._command(name))
        if "web" in names:
            self._await_web()

    def start(self, name: str, words: Sequence[str], *, output: int | None = None) -> subprocess.Popen[bytes]:
        """Start a Python module as a process of this name."""
        with (self.folder / "log" / f"{name}.log").open("ab") as log:
            process = children.spawn(
                [sys.executable, "-m", *words],
                output=log if output is None else output,
                environment=self.environment,
                folder=ROOT,
            )
        self.processes[name] = process
        return process

    def kill(self, name: str) -> None:
        """`kill -9` a process with all its children."""
        killing.group(self.processes.pop(name))

    def restart(self, name: str) -> None:
        """Start a killed process anew."""
        self.start(name, self._command(name))

    def kill_postgres(self) -> None:
        """`kill -9` all processes of PostgreSQL."""
        killing.tree(self.servers.processes[0][0])

    def restart_postgres(self) -> None:
        """Start PostgreSQL on the same data and wait until it answers."""
        sockets = embedded._socket_folder(self.folder)
        dead = self.servers.processes.pop(0)
        embedded._start_postgres(self.servers, self.folder, sockets, durable=True)
        self.servers.processes.reverse()  # PostgreSQL stands first
        assert self.servers.processes[0] is not dead
        embedded._await_postgres(self.servers, self.folder, sockets)

    def kill_valkey(self) -> None:
        """`kill -9` Valkey; it keeps nothing, so that is a flush too."""
        killing.tree(self.servers.processes[1][0])

    def restart_valkey(self) -> None:
        """Start an empty Valkey and wait until it answers."""
        sockets = embedded._socket_folder(self.folder)
        self.servers.processes.pop(1)
        embedded._start_valkey(self.servers, self.folder, sockets)
        embedded._await_valkey(self.servers, self.folder, sockets)

    def ask(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Return the rows of one statement, asked over a connection of its own."""
        with psycopg.connect(self.servers.database_url, autocommit=True, row_factory=dict_row) as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def number(self, query: str, *values: object) -> int:
        """Return the one number that a statement answers."""
        [row] = self.ask(query, *values)
        return int(next(iter(row.values())))

    def close(self) -> None:
        """End everything, also what does not want to."""
        self.need()
        self.mail_server.stop()
        self.servers.stop()
        shutil.rmtree(embedded._socket_folder(self.folder), ignore_errors=True)

    def _command(self, name: str) -> list[str]:
        celery = ["celery", "--quiet", "-A", self.app]
        if name == "web":
            return [*WEB, "--bind", f"127.0.0.1:{self.port}"]
        if name == "beat":
            schedule = str(self.folder / "celerybeat-schedule")
            return [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "warning"]
        return [*celery, "worker", "-Q", name, "-n", f"{name}@stage", *WORKER]

    def _await_web(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10):
                    return
            except (urllib.error.URLError, OSError):
                assert self.processes["web"].poll() is None, self.tail("web")
                assert time.monotonic() < deadline, self.tail("web")
                time.sleep(0.1)

    def tail(self, name: str) -> str:
        """Return the last lines that a process wrote."""
        lines = (self.folder / "log" / f"{name}.log").read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-20:])


@contextmanager
def standing(*, app: str = "advocacy") -> Iterator[Stage]:
    """Set a stage with an empty, migrated site, and take it down whatever happens."""
    with tempfile.TemporaryDirectory(prefix="undersigned-faults-", ignore_cleanup_errors=True) as name:
        one = Stage(Path(name), app=app)
        try:
            one.mail_server.start()
            one.run("django", "migrate", "--no-input", "--verbosity", "0")
            yield one
        finally:
            # A second signal must not leave servers behind.
            before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
            one.close()
            signal.signal(signal.SIGTERM, before)
            if keep := os.environ.get("FAULTS_KEEP_LOGS"):
                shutil.copytree(one.folder / "log", keep, dirs_exist_ok=True)
