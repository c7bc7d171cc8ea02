"""Where to begin."""

from __future__ import annotations

from typing import Final

from letters.api.operations import Group, Operation
from letters.api.shapes.kinds import Anything, Record, address, text

LINKS: Final = Record(
    "RootLinks",
    "What there is. A part in braces is to be filled in (RFC 6570).",
    {
        "self": address("This answer.", "/api/v1/"),
        "letters": address("All letters.", "/api/v1/letters"),
        "letter": text("One letter.", "/api/v1/letters/{slug}"),
        "count": text("The number of a letter.", "/api/v1/letters/{slug}/count"),
        "organization": text("An organization.", "/api/v1/organizations/{slug}"),
        "status": address("Whether the numbers are up to date.", "/api/v1/status"),
        "counting_rule": address("The page that says what is counted.", "/how-we-count/"),
        "openapi": address("The description of the API for programs.", "/api/v1/openapi.json"),
        "guide": address("The guide for people.", "/developers/"),
    },
)
ROOT: Final = Record(
    "Root",
    "The beginning of the API.",
    {
        "name": text("The name of this site.", "Undersigned"),
        "version": text("The version of the API.", "v1", enum=["v1"]),
        "links": LINKS,
    },
)
OPENAPI: Final = Anything("An OpenAPI document.", {"openapi": "3.1.1"})
ASKED: Final = Operation(
    name="root",
    group=Group.ABOUT,
    summary="Where to begin",
    says="Links to everything else.",
    answer=ROOT,
)
DOCUMENT: Final = Operation(
    name="openapi",
    group=Group.ABOUT,
    summary="This document",
    says="The description of the API for programs, in OpenAPI 3.1.",
    answer=OPENAPI,
)
