"""What was added to the list of a letter and taken from it."""

from __future__ import annotations

from typing import Final

from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import Many, Record, Value, flag, text, whole
from letters.api.shapes.letters import API
from letters.api.shapes.lists import page
from letters.enums import RemovalReason

REMOVAL: Final = Record(
    "Removal",
    "How many were removed for one reason.",
    {
        "reason": text("The class of the reason.", "flood", enum=list(RemovalReason.values)),
        "number": whole("How many.", 4, minimum=1),
    },
)
DAY: Final = Record(
    "ChangedDay",
    "A day on which something changed. `new` less `withdrawn` less `removed` is by what the number moved.",
    {
        "date": text("The day (UTC).", "2026-03-14", format="date"),
        "new": whole("Signatures that began to count.", 212),
        "withdrawn": whole("Signatures that their owners took back.", 3),
        "removed": Value(
            {"type": "integer", "description": "Removed, less those restored: it may be below zero."}, 4
        ),
        "total": whole("The number at its end, or now for a day that is not over.", 1771),
        "final": flag("Whether nothing can change any more: the day is over and counted.", True),
        "removals": Many(REMOVAL, "Those removed, by the class of the reason."),
        "restored": whole("Signatures that were removed before and count again.", 0),
        "lost": whole("Signatures that a restore of the database did not bring back.", 0),
    },
)
PAGE: Final = page(
    "ChangeList", "Some days on which something changed, the newest first.", DAY, path=f"{API}/changes"
)
LISTED: Final = Operation(
    name="changes",
    group=Group.NUMBERS,
    summary="What changed, day by day",
    says="What was added to the signatures of a letter and what was taken out, by day (UTC), with the class "
    "of each reason and without a name. Days without a change are left out.",
    answer=PAGE,
    headers=("Last-Modified", "Link"),
    problems=OF_A_LETTER,
)
