"""The number by country and by affiliation."""

from __future__ import annotations

from typing import Final

from letters import limits
from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import Many, Record, flag, moment, text, whole

COUNTRY: Final = Record(
    "Country",
    "How many stated a country.",
    {
        "code": text("By ISO 3166-1.", "PT", pattern="^[A-Z]{2}$"),
        "name": text("Its name in English.", "Portugal"),
        "confirmed": whole("Signatures that count.", 311, minimum=limits.CELL_LEAST),
    },
)
AS_STATED: Final = flag("Nobody checked it.", True)
COUNTRIES: Final = Record(
    "Countries",
    "Who signed from where. `stated` and `not_stated` add up to the number.",
    {
        "as_of": moment("The moment at which it was true."),
        "stated": whole("Signatures with a country, private ones too.", 1511),
        "not_stated": whole("Signatures without one.", 228),
        "countries": Many(COUNTRY, "The countries of ten signatures or more, the most first."),
        "other": whole("Signatures from all other countries together. A single one never stands alone.", 36),
        "as_stated": AS_STATED,
    },
)
AFFILIATION: Final = Record(
    "Affiliation",
    "How many public names state an affiliation.",
    {
        "name": text("As most of them spell it, or as the organizer calls it.", "University of Elmsbruck"),
        "confirmed": whole("Public names.", 23, minimum=limits.AFFILIATION_LEAST),
    },
)
AFFILIATIONS: Final = Record(
    "Affiliations",
    "Where those work or study whose names are public. `stated` and `not_stated` add up to `public`.",
    {
        "as_of": moment("The moment at which it was true."),
        "stated": whole("Public names with an affiliation.", 1102),
        "not_stated": whole("Public names without one.", 287),
        "affiliations": Many(
            AFFILIATION, "Those of three names or more, the most first, a thousand at most."
        ),
        "other": whole("Public names with any other affiliation.", 640),
        "as_stated": AS_STATED,
    },
)
COUNTRIES_ASKED: Final = Operation(
    name="countries",
    group=Group.NUMBERS,
    summary="From where people signed",
    says="The number by country, as people stated it when they signed. Countries of fewer than ten "
    "signatures stand together as `other`. It is counted anew within ten seconds of a change, within five "
    "minutes where a million have signed.",
    answer=COUNTRIES,
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
AFFILIATIONS_ASKED: Final = Operation(
    name="affiliations",
    group=Group.NUMBERS,
    summary="Where people work or study",
    says="Public names by affiliation, as people stated it when they signed. Spellings of one are counted "
    "together: case, accents, punctuation, a leading “The” and legal forms (Inc, Ltd, GmbH, e.V.) make no "
    "difference, and the organizer may join others. Those of fewer than three names stand together as "
    "`other`.",
    answer=AFFILIATIONS,
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
