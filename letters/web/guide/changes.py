"""What changed in the API, the newest first. Within version 1 fields are only added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True)
class Change:
    """One change; `name` is permanent."""

    name: str
    day: date
    title: str
    says: str


CHANGES: Final = (
    Change(
        "v1",
        date(2026, 11, 26),
        "Version 1",
        "Letters, numbers by day, hour, country and affiliation, daily records, texts, public names, "
        "proofs, files and feeds.",
    ),
)
