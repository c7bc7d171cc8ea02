"""Running a sample of the guide as its reader does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

SECONDS: Final = 60


def shell(question: str, folder: Path) -> str:
    """Run the lines in a shell and return what they print."""
    return _run(["sh", "-e", "-c", question], folder)


def python(question: str, folder: Path) -> str:
    """Run a program in Python and return what it prints."""
    return _run([sys.executable, "-c", question], folder)


def _run(words: list[str], folder: Path) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
