"""How each day left the number of a letter."""

from __future__ import annotations

from typing import Final

from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes import breakdowns, counts
from letters.api.shapes.kinds import Record, address, digest, moment, text, whole
from letters.api.shapes.letters import API, CITE, HOME, SLUG
from letters.api.shapes.lists import page
from letters.api.shapes.texts import SHA256, VERSION

DAY: Final = "2026-03-13"
COUNTRIES: Final = Record(
    "SnapshotCountries",
    "Countries as stated by those who signed. They were counted when the day was frozen.",
    {
        "as_of": moment(
            "As of which number they were counted. Where it is later than the record’s own `as_of`, "
            "the two may differ by what was counted between.",
            "2026-03-13T23:58:00Z",
        ),
        **{name: kind for name, kind in breakdowns.COUNTRIES.fields.items() if name != "as_of"},
    },
)
LEDGER: Final = Record(
    "SnapshotLedger",
    "The state of the public list that proves the number.",
    {
        "size": whole("How many lines the list had then.", 1767, minimum=1),
        "root": digest("The fingerprint of all these lines."),
        "at": address("The page of this number, with the lines that prove it.", f"{HOME}at/1767/"),
    },
)
TEXT: Final = Record(
    "SnapshotText", "The binding words that could be signed then.", {"version": VERSION, "sha256": SHA256}
)
LINKS: Final = Record(
    "SnapshotLinks",
    "Where to read more.",
    {
        "self": address("This record.", f"{API}/snapshots/{DAY}"),
        "page": address("The page of this record.", f"{HOME}as-of/{DAY}/"),
        "corrections": address("What was found wrong with it.", f"{API}/snapshots/{DAY}/corrections"),
    },
)
SNAPSHOT: Final = Record(
    "Snapshot",
    "The last number of a letter before a day (UTC) ended. Nothing that happens later changes it.",
    {
        "letter": SLUG,
        "date": text("The day (UTC).", DAY, format="date"),
        **{name: kind for name, kind in counts.COUNT.fields.items() if name != "letter"},
        "as_of": moment("The moment of the last number before the day ended.", "2026-03-13T23:58:00Z"),
        "ledger": LEDGER,
        "cite": CITE,
        "text": TEXT,
        "countries": COUNTRIES,
        "frozen_at": moment("When the record was written.", "2026-03-14T00:05:00Z"),
        "links": LINKS,
    },
)
CORRECTION: Final = Record(
    "Correction",
    "What is wrong with a record, which itself stays as it is.",
    {
        "at": moment("When it was said.", "2026-03-20T09:00:00Z"),
        "wrong": text("What is wrong.", "Twelve signatures came from one script and were removed later."),
        "said_by": text("Who says so.", "Ada Adeyemi, The Open Workbench"),
    },
)
PAGE: Final = page("SnapshotList", "Some records, the newest first.", SNAPSHOT, path=f"{API}/snapshots")
CORRECTION_PAGE: Final = page(
    "CorrectionList",
    "Everything that was found wrong with a record.",
    CORRECTION,
    path=f"{API}/snapshots/{DAY}/corrections",
)
LISTED: Final = Operation(
    name="snapshots",
    group=Group.NUMBERS,
    summary="The record of each day",
    says="How each day (UTC) left the number. A closed letter has a record only of days on which its number "
    "was counted again.",
    answer=PAGE,
    headers=("Link",),
    problems=OF_A_LETTER,
)
ONE: Final = Operation(
    name="snapshot",
    group=Group.NUMBERS,
    summary="How many had signed by the end of a day",
    says="The last number before the day (UTC) ended. It never changes; caches keep it for a year. For a day "
    "on which nothing was counted under a closed letter the record before it is given.",
    answer=SNAPSHOT,
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
CORRECTIONS: Final = Operation(
    name="corrections",
    group=Group.NUMBERS,
    summary="What is wrong with a record",
    says="A record is never changed. What was found wrong with it later is said here.",
    answer=CORRECTION_PAGE,
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
