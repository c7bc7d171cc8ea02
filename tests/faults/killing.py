"""`kill -9`, of a process and of all that belongs to it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path


def children_of(pid: int) -> list[int]:
    """Return the living children of a process (proc(5))."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with its group, which its own children are in."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    if process.stdout:
        process.stdout.close()


def tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its children, each of which leads a group of its own, as PostgreSQL's do."""
    with suppress(ProcessLookupError):
        # Stopped first, so that it starts no more children while we look for them.
        os.kill(process.pid, signal.SIGSTOP)
    children = children_of(process.pid)
    for pid in [process.pid, *children]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(timeout=10)
    # A child that still writes to disk ends a moment later, and holds the shared memory until then.
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.005)
