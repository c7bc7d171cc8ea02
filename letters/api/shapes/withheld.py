"""An order of law about the words of a letter."""

from __future__ import annotations

from typing import Final

from letters.api.shapes.kinds import Record, moment, text

WITHHELD: Final = Record(
    "OrderOfLaw",
    "By whose order the words of the text are not shown.",
    {
        "authority": text("Who ordered it.", "The Regional Court"),
        "ordered_on": text("The day of the order.", "2026-03-14", pattern=r"^\d{4}-\d{2}-\d{2}$"),
        "reason": text("Why.", "It names a witness."),
        "reference": text("Under which the authority knows it.", "24 O 17/26"),
        "withheld_at": moment("Since when."),
    },
)
