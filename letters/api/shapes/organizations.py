"""Who publishes letters."""

from __future__ import annotations

from typing import Final

from letters.api import problems
from letters.api.operations import Group, Operation
from letters.api.shapes.kinds import Maybe, Record, address, text, whole

HOME: Final = "/organizations/open-workbench/"
LINKS: Final = Record(
    "OrganizationLinks",
    "Where to read more.",
    {
        "self": address("This answer.", "/api/v1/organizations/open-workbench"),
        "letters": Maybe(address("Its letters.", "/api/v1/letters?organization=open-workbench")),
    },
)
ORGANIZATION: Final = Record(
    "Organization",
    "Who publishes letters and stands behind them.",
    {
        "name": text("Its name.", "The Open Workbench"),
        "slug": text("Its name in addresses.", "open-workbench"),
        "url": address("Its page here.", HOME),
        "legal_name": text("Who is responsible for the signatories’ data.", "The Open Workbench e. V."),
        "contact": text("Its mail address.", "press@open-workbench.example", format="email"),
        "website": Maybe(text("Its own website.", "https://open-workbench.example/", format="uri")),
        "mark": Maybe(address("The picture in its letterhead.", f"{HOME}mark-1f0c.png"), absent=True),
        "letters": whole("How many of its letters have opened.", 2),
        "links": LINKS,
    },
)
ANSWER: Final = Record("OrganizationAnswer", "One organization.", {"data": ORGANIZATION})
ASKED: Final = Operation(
    name="organization",
    group=Group.LETTERS,
    summary="An organization",
    says="Who it is, and where to find its letters.",
    answer=ANSWER,
    problems=(problems.NOT_FOUND,),
)
