"""Public names."""

from __future__ import annotations

from typing import Final

from letters.api import problems
from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import Maybe, Record, flag, text, whole
from letters.api.shapes.letters import API
from letters.api.shapes.lists import page
from letters.enums import Method

NAME: Final = Record(
    "Signature",
    "One public name. Role and affiliation are what the person wrote, for identification only.",
    {
        "id": text("The same on every page and in every order. It opens nothing.", "sg_4t9d0q8m2k7x"),
        "name": text("As the person wrote it, in any script.", "Prof. Inês Caldeira"),
        "role": Maybe(text("What they are.", "Computer scientist")),
        "affiliation": Maybe(text("Where.", "University of Vale Claro")),
        "country": Maybe(text("As stated, by ISO 3166-1.", "PT", pattern="^[A-Z]{2}$")),
        "signed_on": text("The day (UTC) from which it counted.", "2026-03-14", format="date"),
        "verified_by": text("How it was verified.", "checked", enum=list(Method.values)),
        "notable": flag("Whether it stands above the list, after a person checked it.", True),
        "language": text("The language in which they signed.", "en"),
        "text_version": whole("The version of the text that they signed.", 1, minimum=1),
    },
)
PAGE: Final = page("SignatureList", "One page of names.", NAME, path=f"{API}/signatures")
LISTED: Final = Operation(
    name="signatures",
    group=Group.LETTERS,
    summary="Public names",
    says="The names that everybody may see, where the organization of the letter offers them as data. "
    "Names come and go: their owners may hide or withdraw them at any time. A total is known only "
    "where nothing is searched for.",
    answer=PAGE,
    headers=("Link", "X-Robots-Tag"),
    problems=(*OF_A_LETTER, problems.NAMES_NOT_OFFERED),
)
