"""Child processes that never outlive the command that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

PR_SET_PDEATHSIG: Final = 1
NOBODY: Final = 65534
_libc = ctypes.CDLL(None, use_errno=True)


def spawn(
    command: Sequence[str],
    *,
    output: IO[bytes] | int,
    dies_by: signal.Signals = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    uid: int | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, so that Ctrl-C reaches only us and we stop it in order.

    When we die, even by `kill -9`, the kernel sends it `dies_by` (Linux, prctl(2)). Call it from
    the main thread: the kernel watches the thread that started the child.
    """
    return subprocess.Popen(  # noqa: S603 - our own commands
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(environment) if environment is not None else None,
        cwd=folder,
        start_new_session=True,
        preexec_fn=_bind_to(os.getpid(), dies_by, uid),  # noqa: PLW1509 - nothing but system calls in it
    )


def stop(child: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM, within: float = 5.0) -> None:
    """Ask a child to end, and make it end when it takes longer than `within` seconds."""
    if child.poll() is None:
        child.send_signal(by)
        try:
            child.wait(timeout=within)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(timeout=within)


def _bind_to(parent: int, dies_by: signal.Signals, uid: int | None) -> Callable[[], None]:
    def prepare() -> None:
        if uid is not None:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
        if hasattr(_libc, "prctl"):
            _libc.prctl(PR_SET_PDEATHSIG, int(dies_by))
            if os.getppid() != parent:  # it died between the fork and the line above
                os._exit(1)

    return prepare
