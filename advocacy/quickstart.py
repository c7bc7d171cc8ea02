"""`manage.py quickstart`: servers, web, worker and beat in one terminal.

It runs before Django reads its settings, because it makes what they need: the keys in
`<data>/secrets.env`, once, and the addresses of the servers in `<data>/servers.env`.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Final

from advocacy import binaries, children, embedded, environment
from advocacy.terminal import Terminal

ROOT: Final = Path(__file__).resolve().parent.parent
LINES_OF_A_FAILURE: Final = 12  # the reason stands at the end of a traceback
READY_SECONDS: Final = 60.0


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class Failed(Exception):
    """It cannot go on; the message says why and how to fix it."""


def main(words: list[str]) -> int:
    """Run until it is told to stop; return 0 then, and 1 when something fails."""
    options = _options(words)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    terminal = Terminal()
    try:
        _run(options, terminal)
    except Stopped:
        terminal.say("stopped")
        return 0
    except (Failed, embedded.CannotStart, binaries.Missing, environment.Contradiction) as error:
        print(error, file=sys.stderr)
        return 1
    return 1


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py quickstart", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="where everything that lasts is kept")
    parser.add_argument("--no-demo", action="store_true", help="start with an empty site")
    return parser.parse_args(words)


def _run(options: argparse.Namespace, terminal: Terminal) -> None:
    _refuse_taken_port(options.host, options.port)
    data: Path = options.data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    surroundings = environment.of_processes(data, port=options.port)
    servers: embedded.Servers | None = None
    started: list[subprocess.Popen[bytes]] = []
    # A second Ctrl-C must not cut short what the first one began.
    try:
        if "DATABASE_URL" not in surroundings:
            terminal.say(f"starting PostgreSQL and Valkey on {data}")
            servers = embedded.start(data)
            surroundings |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
        environment.write_servers(data, surroundings)
        login = _prepare(surroundings, terminal, demo=not options.no_demo)
        started += _start(surroundings, options, terminal)
        _await_first_page(surroundings, options, started)
        _announce(surroundings, data, login, options, terminal)
        _watch(started, servers)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        (data / "servers.env").unlink(missing_ok=True)
        for child in started:
            children.stop(child, within=6.0)
        terminal.close()
        if servers:
            servers.stop()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(
                f"Port {port} is taken: {error.strerror}.\n"
                f"How to fix: choose another, like `make run PORT={port + 1}`."
            ) from error


def _prepare(surroundings: dict[str, str], terminal: Terminal, *, demo: bool) -> str:
    """Make tables, organizer and demo letter; return the organizer's login."""
    _manage(["migrate", "--no-input", "--verbosity", "0"], surroundings, terminal)
    _manage(["check", "--database", "default"], surroundings, terminal)
    login = _manage(["create_organizer"], surroundings, terminal)
    if demo:
        terminal.say(_manage(["load_demo"], surroundings, terminal))
    return login.removeprefix("organizer").strip()


def _manage(words: list[str], surroundings: dict[str, str], terminal: Terminal) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    child = children.spawn(command, output=subprocess.PIPE, environment=surroundings, folder=ROOT)
    try:
        written, _ = child.communicate()
    except BaseException:
        children.stop(child)
        raise
    text = written.decode("utf-8", "replace").strip()
    if child.returncode != 0:
        end = "\n".join(text.splitlines()[-LINES_OF_A_FAILURE:])
        raise Failed(f"`manage.py {words[0]}` failed:\n{end}")
    return text


def _start(
    surroundings: dict[str, str], options: argparse.Namespace, terminal: Terminal
) -> list[subprocess.Popen[bytes]]:
    python, celery = sys.executable, [sys.executable, "-m", "celery", "--quiet", "-A", "advocacy"]
    schedule = f"{surroundings['DATA_DIR']}/celerybeat-schedule"
    bind = ["--bind", f"{options.host}:{options.port}", "--graceful-timeout", "3", "--no-control-socket"]
    threads = ["--worker-class", "gthread", "--workers", "2", "--threads", "8"]
    queues = ["-Q", "mail,ledger,default", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    quiet = ["--loglevel", "warning"]
    commands = {
        "web": [
            python,
            "-m",
            "gunicorn",
            "advocacy.wsgi:application",
            *bind,
            *threads,
            "--log-level",
            "warning",
        ],
        "worker": [*celery, "worker", *queues, *quiet],
        "beat": [*celery, "beat", "--schedule", schedule, "--pidfile", "", *quiet],
    }
    # Celery's orderly end waits for what it is doing; when we are gone it should not wait.
    dies_by = {"worker": signal.SIGQUIT}
    started = []
    for name, command in commands.items():
        child = children.spawn(
            command,
            output=subprocess.PIPE,
            environment=surroundings,
            folder=ROOT,
            dies_by=dies_by.get(name, signal.SIGTERM),
        )
        terminal.follow(name, child)
        started.append(child)
    return started


def _await_first_page(
    surroundings: dict[str, str], options: argparse.Namespace, started: list[subprocess.Popen[bytes]]
) -> None:
    deadline = time.monotonic() + READY_SECONDS
    request = urllib.request.Request(f"http://127.0.0.1:{options.port}/")
    while time.monotonic() < deadline:
        _refuse_dead(started)
        try:
            with urllib.request.urlopen(request, timeout=10):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Failed("The first page did not come. Look at the lines above.")


def _announce(
    surroundings: dict[str, str], data: Path, login: str, options: argparse.Namespace, terminal: Terminal
) -> None:
    base = f"http://127.0.0.1:{options.port}"
    if surroundings.get("EMAIL_URL"):
        host = surroundings["EMAIL_URL"].rpartition("@")[2].rpartition("//")[2]
        terminal.say(f"mails go to {host}")
    else:
        terminal.say(f"mails are written to {data / 'mail'} and shown at {base}/dev/mailbox/")
    terminal.say(f"organizer's login at {base}/admin/: {login}")
    terminal.line(f"ready {base}/")


def _watch(started: list[subprocess.Popen[bytes]], servers: embedded.Servers | None) -> None:
    while True:
        _refuse_dead([*started, *(process for process, _ in servers.processes)] if servers else started)
        time.sleep(0.5)


def _refuse_dead(running: list[subprocess.Popen[bytes]]) -> None:
    for child in running:
        if child.poll() is not None:
            words = child.args if isinstance(child.args, list) else []
            raise Failed(
                f"{' '.join(map(str, words[:6]))} ended with {child.returncode}. Look at the lines above."
            )
