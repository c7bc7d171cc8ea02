"""One terminal for many processes: every line with the name of who wrote it."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import IO, Final

WIDTH: Final = 6
COLOURS: Final = {"web": 34, "worker": 35, "beat": 36, "run": 32}


class Terminal:
    """Writes whole lines, so that processes never write into each other's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._colour = sys.stdout.isatty()
        self._threads: list[threading.Thread] = []

    def line(self, text: str) -> None:
        """Write one line as it is."""
        with self._lock:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()

    def say(self, text: str, *, name: str = "run") -> None:
        """Write lines with a name in front."""
        label = f"{name:<{WIDTH}} |"
        if self._colour:
            label = f"\033[{COLOURS.get(name, 0)}m{label}\033[0m"
        for part in text.splitlines():
            self.line(f"{label} {part}")

    def follow(self, name: str, child: subprocess.Popen[bytes]) -> None:
        """Write what a child writes until it ends."""
        if child.stdout is None:
            raise ValueError("start the child with output=PIPE")
        thread = threading.Thread(target=self._copy, args=(name, child.stdout), daemon=True)
        thread.start()
        self._threads.append(thread)

    def close(self) -> None:
        """Wait for the last lines of children that have ended."""
        for thread in self._threads:
            thread.join(timeout=1.0)

    def _copy(self, name: str, pipe: IO[bytes]) -> None:
        for raw in pipe:
            self.say(raw.decode("utf-8", "replace").rstrip(), name=name)
