"""How a fault is run by hand: with its full numbers, or others by name, or a part of them."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType

from tests.faults import stage
from tests.faults.figures import Figures

Run = Callable[..., Figures]


class Stopped(Exception):
    """Somebody sent SIGTERM."""


def main(run: Run, full: Mapping[str, int]) -> None:
    """Run one fault, print its figures, and exit with 1 when one is missed."""
    refuse_to_die_untidy()
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    for name, value in full.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=value)
    sys.exit(not measured(run, vars(parser.parse_args())))


def measured(run: Run, numbers: Mapping[str, int]) -> bool:
    """Run one fault on a stage of its own, print its figures, and return whether all are met."""
    began = time.monotonic()
    with stage.standing() as one:
        figures = run(one, **numbers)
    figures.note("minutes in all", (time.monotonic() - began) / 60)
    print(figures, end="\n\n", flush=True)
    return not figures.missed()


def refuse_to_die_untidy() -> None:
    """Make SIGTERM an exception, so that it takes the stage down too."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
