"""What the organizer told those who signed."""

from __future__ import annotations

from typing import Final

from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import Maybe, Record, moment, text, whole
from letters.api.shapes.letters import API
from letters.api.shapes.lists import page

UPDATE: Final = Record(
    "Update",
    "One piece of news about a letter. Once published it never changes.",
    {
        "number": whole("They are numbered from 1, without a gap.", 2, minimum=1),
        "published_at": Maybe(moment("When it was published.")),
        "language": text("The language in which it is written.", "en"),
        "title": text("Its title.", "We met the committee"),
        "body_markdown": text("What it says (Markdown).", "On Tuesday the committee heard us."),
    },
)
PAGE: Final = page("UpdateList", "Some updates, the newest first.", UPDATE, path=f"{API}/updates")
LISTED: Final = Operation(
    name="updates",
    group=Group.LETTERS,
    summary="What became of it",
    says="What the organizer told those who signed, the newest first.",
    answer=PAGE,
    headers=("Last-Modified", "Link"),
    problems=OF_A_LETTER,
)
