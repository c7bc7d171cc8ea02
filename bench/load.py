"""A client that costs little: one thread, kept-alive sockets, requests made beforehand.

Each connection sends the next request as soon as its answer is there, as so many people would
who press the button one after the other without a pause.
"""

from __future__ import annotations

import re
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

LENGTH: Final = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
CHUNKED: Final = re.compile(rb"(?i)\r\ntransfer-encoding: *chunked")
REDIRECTS: Final = (b"HTTP/1.1 302", b"HTTP/1.1 303")
PAGES: Final = (b"HTTP/1.1 200",)
PATIENCE: Final = 20.0
"""Seconds without any answer after which a round is given up."""


class Wrong(Exception):
    """The server answered something else than was wanted; the message is the answer."""


@dataclass(frozen=True)
class Round:
    """What one round measured."""

    seconds: float
    latencies: list[float] = field(repr=False)
    """Seconds from the first byte out to the last byte in, one per answer."""
    client: float
    """Seconds of processor time that the client itself used."""
    web: float = 0.0
    """The same of the web processes."""
    database: float = 0.0
    """The same of PostgreSQL."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


@dataclass
class _Connection:
    socket: socket.socket
    began: float = 0.0
    received: bytes = b""


def run(
    port: int,
    requests: Iterator[bytes],
    *,
    clients: int,
    seconds: float,
    wanted: tuple[bytes, ...] = REDIRECTS,
) -> Round:
    """Keep `clients` connections busy for `seconds`, or until `requests` end. Raises Wrong.

    An answer is right when it begins with one of `wanted`.
    """
    with ExitStack() as stack:
        connections = [_Connection(stack.enter_context(_connect(port))) for _ in range(clients)]
        used, began = time.process_time(), time.perf_counter()
        latencies = _drive(connections, requests, until=began + seconds, wanted=wanted)
        took, used = time.perf_counter() - began, time.process_time() - used
    return Round(seconds=took, latencies=latencies, client=used)


def _drive(
    connections: list[_Connection], requests: Iterator[bytes], *, until: float, wanted: tuple[bytes, ...]
) -> list[float]:
    latencies: list[float] = []
    numbered = {one.socket.fileno(): one for one in connections}
    with select.epoll() as poller:
        for number in numbered:
            poller.register(number, select.EPOLLIN)
        waiting = sum(_send(one, requests) for one in connections)
        while waiting:
            ready = poller.poll(PATIENCE)
            if not ready:
                raise Wrong(f"{waiting} requests had no answer for {PATIENCE:.0f} seconds")
            for number, _ in ready:
                one = numbered[number]
                if not _receive(one, wanted):
                    continue
                now = time.perf_counter()
                latencies.append(now - one.began)
                waiting += _send(one, requests) - 1 if now < until else -1
    return latencies


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _send(one: _Connection, requests: Iterator[bytes]) -> int:
    request = next(requests, None)
    if request is None:
        return 0
    one.received = b""
    one.began = time.perf_counter()
    one.socket.sendall(request)
    return 1


def _receive(one: _Connection, wanted: tuple[bytes, ...]) -> bool:
    """Take what is there and return whether the answer is complete."""
    piece = one.socket.recv(65536)
    one.received += piece
    head, blank, body = one.received.partition(b"\r\n\r\n")
    if not piece:
        raise Wrong(f"the server hung up after {one.received[:2000]!r}")
    if not blank:
        return False
    if not head.startswith(wanted):
        raise Wrong(one.received[:4000].decode("utf-8", "replace"))
    if length := LENGTH.search(head):
        return len(body) >= int(length[1])
    return not CHUNKED.search(head) or body.endswith(b"0\r\n\r\n")
