"""The files of a letter."""

from __future__ import annotations

from typing import Final

from letters.api import problems
from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import File

CSV: Final = "text/csv"
NAMED: Final = ("Content-Disposition",)
DAILY: Final = Operation(
    name="daily_csv",
    group=Group.FILES,
    summary="Every day as a table",
    says="One row for each day (UTC) since the letter opened: what it added and took away, and the number "
    "at its end. Columns are only ever added, at the end.",
    answer=File(
        CSV,
        "A table by RFC 4180.",
        "date,new,withdrawn,removed,total,final\r\n2026-03-13,24,0,0,1723,true\r\n",
    ),
    headers=("Last-Modified", *NAMED),
    problems=OF_A_LETTER,
)
COUNTRIES: Final = Operation(
    name="countries_csv",
    group=Group.FILES,
    summary="Countries as a table",
    says="From where people signed, as they stated. Countries of fewer than ten signatures stand together; "
    "two rows without a code say how many those are, and how many stated none.",
    answer=File(
        CSV,
        "A table by RFC 4180.",
        "code,name,confirmed\r\nPT,Portugal,311\r\n,Other countries,36\r\n,Not stated,228\r\n",
    ),
    headers=("Last-Modified", *NAMED),
    problems=OF_A_LETTER,
)
NAMES: Final = Operation(
    name="signatures_csv",
    group=Group.FILES,
    summary="Public names as a table",
    says="Every public name, in the order in which they were counted, where the organization of the letter "
    "offers names as data. A text that a spreadsheet would run as a formula has an apostrophe in front.",
    answer=File(
        CSV,
        "A table by RFC 4180.",
        "name,role,affiliation,country,signed_on,verified_by,notable,text_version\r\n"
        "Léa Delorme,Investigative journalist,Elmsbruck Daily,FR,2026-02-18,checked,true,1\r\n",
    ),
    headers=("X-Robots-Tag", *NAMED),
    problems=(*OF_A_LETTER, problems.NAMES_NOT_OFFERED),
)
PLAIN: Final = Operation(
    name="letter_txt",
    group=Group.FILES,
    summary="The words as plain text",
    says="The words that are signed.",
    answer=File("text/plain", "The words.", "Let us look inside\n\nDear policy makers,\n"),
    headers=("Last-Modified", *NAMED),
    problems=(*OF_A_LETTER, problems.WITHHELD),
)
MARKDOWN: Final = Operation(
    name="letter_md",
    group=Group.FILES,
    summary="The words in Markdown",
    says="The words that are signed.",
    answer=File("text/markdown", "The words.", "# Let us look inside\n\nDear policy makers,\n"),
    headers=("Last-Modified", *NAMED),
    problems=(*OF_A_LETTER, problems.WITHHELD),
)
README: Final = Operation(
    name="readme_txt",
    group=Group.FILES,
    summary="What the files hold",
    says="Every column explained, and who may do what with the data.",
    answer=File("text/plain", "The explanation.", "daily.csv: one row for each day\n"),
    headers=("Last-Modified", *NAMED),
    problems=OF_A_LETTER,
)
