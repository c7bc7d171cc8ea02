"""`python -m tests.faults [f1 f4] [--scale 0.1]`: faults with their full numbers, one after the other.

Exits with 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Final

from tests.faults import f1, f2, f3, f4, f5, f6, f7, script

FAULTS: Final[dict[str, ModuleType]] = {
    "f1": f1,
    "f2": f2,
    "f3": f3,
    "f4": f4,
    "f5": f5,
    "f6": f6,
    "f7": f7,
}
SCALED: Final = {"people", "kills", "celery_kills", "after"}
"""Numbers of things; those of seconds are limits and stay."""


def main() -> None:
    """Run what was asked for."""
    script.refuse_to_die_untidy()
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", metavar="fault", help="all unless named: " + ", ".join(FAULTS))
    parser.add_argument("--scale", type=float, default=1.0, help="a part of people and kills")
    options = parser.parse_args()
    if unknown := set(options.faults) - set(FAULTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    met = [
        script.measured(FAULTS[name].run, scaled(FAULTS[name].FULL, options.scale))
        for name in options.faults or FAULTS
    ]
    sys.exit(not all(met))


def scaled(full: Mapping[str, int], scale: float) -> dict[str, int]:
    """Return the numbers of a smaller or larger run, with at least one of everything."""
    return {name: max(1, round(value * scale)) if name in SCALED else value for name, value in full.items()}


if __name__ == "__main__":
    main()
