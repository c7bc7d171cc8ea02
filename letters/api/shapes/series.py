"""How the number moved."""

from __future__ import annotations

from typing import Final

from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import Many, Record, Value, flag, moment, text, whole

POINT: Final = Record(
    "Point",
    "One day or hour (UTC).",
    {
        "start": moment("Its beginning.", "2026-03-13T00:00:00Z"),
        "new": whole("Signatures that were counted for the first time.", 312),
        "withdrawn": whole("Those that their owners took back.", 4),
        "removed": Value(
            {"type": "integer", "description": "Those that were removed, less those that were restored."}, 1
        ),
        "total": whole("The number at its end.", 12408),
        "final": flag(
            "Whether nothing can change it any more. It is over then, for some minutes at least.", True
        ),
    },
)
SERIES: Final = Record(
    "Series",
    "How the number moved. Quiet days and hours are in it.",
    {
        "interval": text("The length of a point.", "day", enum=["day", "hour"]),
        "as_of": moment("The moment at which it was true. For days that are over it is their end."),
        "points": Many(POINT, "The oldest first."),
    },
)
ASKED: Final = Operation(
    name="timeseries",
    group=Group.NUMBERS,
    summary="How the number moved",
    says="What each day or hour changed, and the number at its end, from the day on which the letter opened "
    "to the newest number. Hours are given for 366 days at once; without `from`, for the last 31 days.",
    answer=SERIES,
    words={
        "from": "The first day (UTC). Without it the one on which the letter opened.",
        "to": "The last day (UTC). Without it that of the newest number.",
    },
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
