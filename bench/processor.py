"""Processor time of running processes: what other programs on the machine do does not change it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

TICK: Final = 1 / os.sysconf("SC_CLK_TCK")


def used(roots: Iterable[int]) -> float:
    """Return the seconds that these processes and their descendants, ended ones too, have used so far."""
    seconds: dict[int, float] = {}
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # proc(5): after the name, which may hold anything, come state and parent, then, as the 14th
            # to 17th, user and system time and those of the ended children.
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        number = int(folder.name)
        seconds[number] = sum(map(int, fields[11:15])) * TICK
        children.setdefault(int(fields[1]), []).append(number)
    waiting, total = list(roots), 0.0
    while waiting:
        number = waiting.pop()
        total += seconds.get(number, 0.0)
        waiting += children.get(number, [])
    return total
