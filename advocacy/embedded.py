"""A real PostgreSQL and a real Valkey as children of one command, on unix sockets.

For development, tests and the demo. The data folder holds everything that lasts; the sockets
lie in a short folder of mode 0700, which is the access control: whoever may enter may connect.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

import psycopg
import redis

from advocacy import binaries, children

DATABASE: Final = "undersigned"
SUPERUSER: Final = "postgres"
START_SECONDS: Final = 30.0
TEMPORARY_MOST: Final = 60  # characters; the rest of a socket's path needs some forty
CONFIGURATION: Final = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "logging_collector": "off",
    "log_min_messages": "warning",
}
# The locale is named always: what the environment says may know ASCII only.
INITDB: Final = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
RECKLESS: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class CannotStart(Exception):
    """The servers did not come up; the message says why and how to fix it."""


@dataclass
class Servers:
    """Two running servers and how to reach them."""

    database_url: str
    redis_url: str
    lock: IO[str]
    processes: list[tuple[subprocess.Popen[bytes], signal.Signals]] = field(default_factory=list)

    def stop(self) -> None:
        """Stop both; PostgreSQL disconnects its clients and ends within seconds."""
        while self.processes:
            process, by = self.processes.pop()
            children.stop(process, by=by, within=8.0)
        self.lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(data: Path, *, durable: bool = True) -> Servers:
    """Start both servers on `data`, which is made when it is not there.

    `durable=False` gives up safety against power loss for speed: for tests. Raises CannotStart
    or binaries.Missing; whatever was started by then is stopped again.
    """
    for folder in (data, data / "log", data / "valkey"):
        folder.mkdir(parents=True, exist_ok=True)
    sockets = _socket_folder(data)
    lock = _lock(data)
    servers = Servers(
        database_url=f"postgresql://{SUPERUSER}@/{DATABASE}?host={sockets}",
        redis_url=f"unix://{sockets}/valkey.sock",
        lock=lock,
    )
    try:
        _start_postgres(servers, data, sockets, durable=durable)
        _start_valkey(servers, data, sockets)
        _await_postgres(servers, data, sockets)
        _await_valkey(servers, data, sockets)
    except BaseException:
        servers.stop()
        raise
    return servers


def _lock(data: Path) -> IO[str]:
    lock = (data / "lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise CannotStart(
            f"{data} is in use by another start of this command.\n"
            f"How to fix: stop that one, or choose another folder with --data."
        ) from error
    return lock


def _socket_folder(data: Path) -> Path:
    """Return the folder of the sockets; a socket's path may have about 100 bytes only (unix(7))."""
    name = hashlib.sha256(f"{data.resolve()}:{os.geteuid()}".encode()).hexdigest()[:12]
    base = tempfile.gettempdir()
    folder = Path(base if len(base) <= TEMPORARY_MOST else "/tmp") / f"undersigned-{name}"  # noqa: S108
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        status = folder.lstat()
        owners = {os.geteuid(), children.NOBODY} if os.geteuid() == 0 else {os.geteuid()}
        if (
            not folder.is_dir()
            or folder.is_symlink()
            or status.st_uid not in owners
            or status.st_mode & 0o077
        ):
            raise CannotStart(f"{folder} belongs to somebody else.\nHow to fix: remove it.") from None
    return folder


def _start_postgres(servers: Servers, data: Path, sockets: Path, *, durable: bool) -> None:
    home = data / "postgres"
    home.mkdir(mode=0o700, exist_ok=True)
    programs, prefix, uid = _as_no_root(binaries.postgres(), data, [home, sockets])
    with (data / "log" / "postgres.log").open("ab") as log:
        if not (home / "PG_VERSION").is_file():
            command = [*prefix, str(programs / "initdb"), "-D", str(home), "-U", SUPERUSER, *INITDB]
            if children.spawn(command, output=log, uid=uid).wait() != 0:
                raise CannotStart(f"initdb failed.\n{_tail(data, 'postgres')}")
        _end_the_last_one(home, [*prefix, str(programs / "pg_ctl")])
        options = CONFIGURATION | {"unix_socket_directories": str(sockets)} | ({} if durable else RECKLESS)
        command = [*prefix, str(programs / "postgres"), "-D", str(home)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        # SIGQUIT is PostgreSQL's immediate shutdown; SIGINT the orderly one that disconnects clients.
        process = children.spawn(command, output=log, dies_by=signal.SIGQUIT, uid=uid)
    servers.processes.append((process, signal.SIGINT))


def _as_no_root(programs: Path, data: Path, folders: list[Path]) -> tuple[Path, list[str], int | None]:
    """Return programs, a command before theirs and a uid with which PostgreSQL agrees to run."""
    if os.geteuid() != 0:
        return programs, [], None
    if binaries.can_unshare():
        return programs, ["unshare", "-U"], None
    for folder in folders:
        binaries.give(folder, uid=children.NOBODY)
    return binaries.for_everybody(programs, copy_to=data / "programs"), [], children.NOBODY


def _start_valkey(servers: Servers, data: Path, sockets: Path) -> None:
    command = [str(binaries.valkey()), "--port", "0", "--unixsocket", f"{sockets}/valkey.sock"]
    command += ["--unixsocketperm", "700", "--dir", str(data / "valkey"), "--save", "", "--appendonly", "no"]
    command += ["--databases", "64", "--daemonize", "no"]
    with (data / "log" / "valkey.log").open("ab") as log:
        servers.processes.append((children.spawn(command, output=log), signal.SIGTERM))


def _await_postgres(servers: Servers, data: Path, sockets: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(
                host=str(sockets), user=SUPERUSER, dbname="postgres", autocommit=True
            ) as connection:
                known = connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                ).fetchone()
                if known is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
            return
        except psycopg.OperationalError as error:
            _refuse_if_gone(servers.processes[0][0], deadline, data, "postgres", error)


def _await_valkey(servers: Servers, data: Path, sockets: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    client = redis.Redis(unix_socket_path=f"{sockets}/valkey.sock")
    while True:
        try:
            client.ping()
            client.close()
            return
        except redis.exceptions.ConnectionError as error:
            _refuse_if_gone(servers.processes[1][0], deadline, data, "valkey", error)


def _refuse_if_gone(
    process: subprocess.Popen[bytes], deadline: float, data: Path, name: str, error: Exception
) -> None:
    if process.poll() is not None or time.monotonic() > deadline:
        raise CannotStart(f"{name} did not start.\n{_tail(data, name)}") from error
    time.sleep(0.05)


def _end_the_last_one(home: Path, pg_ctl: list[str]) -> None:
    """After a `kill -9` of the command its PostgreSQL may need a moment to end.

    Where the kernel does not end it for us (no prctl), its own tool does; we hold the lock, so
    nobody else uses it.
    """
    deadline = time.monotonic() + 5.0
    while (home / "postmaster.pid").is_file() and _runs(home) and time.monotonic() < deadline:
        time.sleep(0.1)
    if (home / "postmaster.pid").is_file() and _runs(home):
        subprocess.run([*pg_ctl, "stop", "-D", str(home), "-m", "immediate"], check=False)  # noqa: S603


def _runs(home: Path) -> bool:
    try:
        os.kill(int((home / "postmaster.pid").read_text().split()[0]), 0)
    except (FileNotFoundError, ProcessLookupError, PermissionError, ValueError, IndexError):
        return False
    return True


def _tail(data: Path, name: str) -> str:
    lines = (data / "log" / f"{name}.log").read_text("utf-8", "replace").splitlines()
    return "\n".join(f"{name} | {line}" for line in lines[-12:])
