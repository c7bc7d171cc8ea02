"""Whether the numbers are as new as the pages promise."""

from __future__ import annotations

from typing import Final

from letters.api.operations import Group, Operation
from letters.api.shapes.kinds import Maybe, Record, moment, text, whole

STATUS: Final = Record(
    "Status",
    "Whether every confirmed signature is counted as soon as the pages promise.",
    {
        "status": text("`late` while a signature waits longer than it should.", "ok", enum=["ok", "late"]),
        "as_of": Maybe(moment("The newest moment of any letter’s number.")),
        "counted_within_seconds": whole("How soon a confirmed signature is to be counted.", 120),
        "late_letters": whole("How many letters wait longer.", 0),
        "late_since": Maybe(moment("Since when the first of them waits."), absent=True),
    },
)
ASKED: Final = Operation(
    name="status",
    group=Group.ABOUT,
    summary="Whether the numbers are up to date",
    says="Numbers are counted some times a minute. Look here before you write that one stands still.",
    answer=STATUS,
)
