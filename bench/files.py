"""`python -m bench.files [SIZE ...]`: what the file of all names costs: time to its first byte, and memory.

A web process is asked for it as a reader asks. Beside each size stands the file of days, which is short.
"""

from __future__ import annotations

import http.client
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import django

from bench import stage
from bench.stage import Stage

SIZES: Final = (1_000, 100_000, 1_000_000)
ROUNDS: Final = 2
"""A network may have ten files a minute, and all of them come from this one."""
FIRST_ROW_WITHIN: Final = 1.0
"""Seconds."""
MEMORY_MOST: Final = 100_000_000
"""Bytes that a web process may grow by while it answers."""


class Cost(NamedTuple):
    """What one file took: seconds to its head, to its first row and to its end; and its bytes."""

    head: float
    row: float
    whole: float
    length: int


def fetch(running: Stage, path: str) -> Cost:
    """Ask for a file."""
    connection = http.client.HTTPConnection("127.0.0.1", running.site, timeout=600)
    began = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    assert response.status == 200, response.status
    columns = response.readline()
    head = time.perf_counter() - began
    first = response.readline()
    row, length = time.perf_counter() - began, len(columns) + len(first)
    while piece := response.read(1 << 16):
        length += len(piece)
    connection.close()
    return Cost(head, row, time.perf_counter() - began, length)


def most_resident(running: Stage) -> int:
    """Return the most memory that any web process of the product has had, in bytes (proc(5), VmHWM)."""
    workers = Path(f"/proc/{running.web[0]}/task/{running.web[0]}/children").read_text("utf-8").split()
    statuses = [Path(f"/proc/{worker}/status").read_text("utf-8") for worker in workers]
    return max(int(status.partition("VmHWM:")[2].split()[0]) * 1024 for status in statuses)


def line(size: int, name: str, found: Sequence[Cost], grown: int) -> str:
    """Return one line of the table: the slowest of the rounds, and the goals."""
    head, row, whole, length = (max(part) for part in zip(*found, strict=True))
    reached = row < FIRST_ROW_WITHIN and grown < MEMORY_MOST
    return (
        f"| {size:,} | {name} | {length / 1e6:.1f} | {head * 1e3:.0f} | {row * 1e3:.0f} | {whole:.1f} "
        f"| {grown / 1e6:.1f} | {'reached' if reached else '**missed**'} |"
    )


def measure(running: Stage, slug: str, size: int) -> None:
    """Ask for the files of one size, and print what they took."""
    for name in ("daily.csv", "signatures.csv"):
        before = most_resident(running)
        found = [fetch(running, f"/letters/{slug}/data/{name}") for _ in range(ROUNDS)]
        print(line(size, name, found, most_resident(running) - before), flush=True)


def main(words: Sequence[str]) -> int:
    """Measure every size, from the smallest, and print."""
    sizes = sorted(int(word) for word in words) or SIZES
    with stage.opened() as running:
        django.setup()
        from bench import rows  # noqa: PLC0415 - not before the settings are there
        from letters.models import Letter  # noqa: PLC0415 - the same

        text: Any = rows.publish()
        Letter.objects.update(names_in_api=True)
        print("| signatures | file | MB | first byte ms | first row ms | whole s | grown by MB | goals |")
        print("|---:|---|---:|---:|---:|---:|---:|---|")
        for size in sizes:
            rows.fill(text, size)
            urllib.request.urlopen(f"http://127.0.0.1:{running.site}/letters/{text.letter.slug}/").read()
            measure(running, text.letter.slug, size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
