"""Problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any, Final

from letters.api import problems
from letters.api.problems import Kind
from letters.api.shapes.kinds import Many, Maybe, Record, address, moment, text, whole
from letters.api.shapes.withheld import WITHHELD

PARAMETER: Final = Record(
    "ParameterError",
    "What is wrong with one parameter.",
    {
        "parameter": text("Its name.", "limt"),
        "detail": text("What is wrong with it.", "There is no such parameter here."),
        "allowed": Maybe(
            Many(text("A name or value.", "limit"), "What is allowed, where that can be listed.")
        ),
    },
)
MEMBERS: Final[dict[str, dict[str, Any]]] = {
    problems.GONE.name: {
        "withdrawn_at": moment("Since when."),
        "reason": text("What the organizer says about it.", "Two of its figures were wrong."),
    },
    problems.NAMES_NOT_OFFERED.name: {
        "reason": text("Why.", "The organization shows the names of this letter on its page only."),
        "names": address("The page that shows them.", "/letters/openness-in-ai/signatures/"),
    },
    problems.WITHHELD.name: {"withheld": WITHHELD},
    problems.RATE_LIMITED.name: {"retry_after": whole("After so many seconds an answer is left.", 17)},
    problems.INVALID_PARAMETER.name: {"errors": Many(PARAMETER, "Everything that is wrong with the query.")},
}
"""What only a type has."""
HEADERS: Final[dict[str, tuple[str, ...]]] = {
    problems.METHOD_NOT_ALLOWED.name: ("Allow",),
    problems.WITHHELD.name: ("Link",),
    problems.RATE_LIMITED.name: ("Retry-After", "RateLimit"),
    problems.UNAVAILABLE.name: ("Retry-After",),
}


def record(kind: Kind, name: str) -> Record:
    """Return the shape of one type of problem."""
    return Record(
        name,
        kind.meaning,
        {
            "type": address(
                "The address of the page that explains it.", f"/problems/{kind.name}/", const=kind.url
            ),
            "title": text("What went wrong.", kind.title, const=kind.title),
            "status": whole("The status of the answer.", kind.status, const=kind.status),
            "detail": text("What to do.", kind.remedy),
            **MEMBERS.get(kind.name, {}),
        },
    )
