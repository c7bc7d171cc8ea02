"""Runs the verifier: as its user does, in a process of its own, or many times in this one."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.verify import forge
from tests.verify.forge import Forge

FILE: Final = Path(__file__).resolve().parents[2] / "verify" / "verify_letter.py"
LETTER: Final = f"https://{forge.HOST}/letters/open-ai/"


class Result(NamedTuple):
    """The last line, the exit status, and everything that was printed."""

    line: str
    status: int
    output: str


def load() -> Any:
    """Return the verifier as a module."""
    spec = importlib.util.spec_from_file_location("verify_letter", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier: Final = load()


def result(output: str, status: int) -> Result:
    """Check what holds for every run: no traceback, and the status agrees with the last line."""
    line = output.rstrip("\n").rpartition("\n")[2]
    words = {0: "OK: ", 1: "MISMATCH: ", 2: "STALE: ", 3: "UNREACHABLE: ", 64: "USAGE: "}
    assert "Traceback" not in output
    assert line.startswith(words[status]), output
    return Result(line, status, output)


def process(*arguments: object) -> Result:
    """Run `python3 -I verify_letter.py ...`."""
    command = [sys.executable, "-I", str(FILE), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return result(done.stdout, done.returncode)


def here(*arguments: object) -> Result:
    """Run its main function in this process."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = verifier.main(list(map(str, arguments)))
    return result(out.getvalue(), status)


def check(made: Forge | dict[str, bytes], folder: Path, *arguments: object, run: Any = here) -> Result:
    """Check a ledger as a bundle, an hour after the last tally of the honest one."""
    bundle = folder / "letter.tar"
    bundle.write_bytes(forge.tar_of(made.files() if isinstance(made, Forge) else made))
    now = () if "--now" in arguments else ("--now", forge.time(360))
    ran: Result = run(LETTER, "--bundle", bundle, *now, *arguments)
    return ran
