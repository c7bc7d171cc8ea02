"""A letter, and a page of the list of letters."""

from __future__ import annotations

from typing import Final

from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import Many, Maybe, Record, address, moment, text, whole
from letters.api.shapes.lists import page
from letters.api.shapes.withheld import WITHHELD

HOME: Final = "/letters/openness-in-ai/"
API: Final = "/api/v1/letters/openness-in-ai"
SLUG: Final = text("The letter’s name in addresses. It is permanent.", "openness-in-ai")
CITE: Final = text(
    "A sentence to print. Its address is permanent and shows this number as long as the site stands.",
    "1,743 signatures as of 14 March 2026, 20:40 WET, The Open Workbench, "
    "https://letters.example.org/letters/openness-in-ai/at/1771/",
)
ORGANIZATION: Final = Record(
    "LetterOrganization",
    "Who published a letter.",
    {
        "name": text("Its name.", "The Open Workbench"),
        "slug": text("Its name in addresses.", "open-workbench"),
        "url": Maybe(address("Its page here.", "/organizations/open-workbench/")),
    },
)
SIGNATURES: Final = Record(
    "LetterSignatures",
    "The number of a letter. Persons and organizations add up to it, and so do public and private.",
    {
        "confirmed": whole("Signatures that count, by the counting rule.", 1743),
        "persons": whole("Those of persons.", 1696),
        "organizations": whole("Those of organizations.", 47),
        "public": whole("Those whose name is shown.", 1389),
        "private": whole("Those whose name is not shown. They count like every other.", 354),
        "offline": whole("Signatures on paper, as the organizer states them. Not in `confirmed`.", 0),
        "as_of": moment("The moment at which the number was true."),
    },
)
LINKS: Final = Record(
    "LetterLinks",
    "Where to read more. Null is what this letter does not have.",
    {
        "self": address("This answer.", API),
        "count": address("The number with all its parts.", f"{API}/count"),
        "timeseries": address("The number by day or hour.", f"{API}/timeseries"),
        "countries": address("The number by country.", f"{API}/countries"),
        "affiliations": address("Public names by affiliation.", f"{API}/affiliations"),
        "signatures": Maybe(address("The public names.", f"{API}/signatures"), absent=True),
        "csv": address("The number by day as CSV; other files are beside it.", f"{HOME}data/daily.csv"),
        "card": Maybe(address("The picture that stands beside a shared link.", f"{HOME}card-1f0c.png")),
        "ledger": address("The page that says how to check the number.", f"{HOME}ledger/"),
        "text": address("The words.", f"{API}/text"),
        "versions": address("Every version of the words.", f"{API}/versions"),
        "changes": address("What each day changed.", f"{API}/changes"),
        "updates": address("What the organizer told afterwards.", f"{API}/updates"),
        "snapshots": address("How each day left the number.", f"{API}/snapshots"),
    },
)
LETTER: Final = Record(
    "Letter",
    "One open letter.",
    {
        "id": text("Permanent, also when the slug changes.", "lt_8f2kq0d1m7x3v5c9b4n6t2h8wa"),
        "slug": SLUG,
        "url": address("The letter’s page.", HOME),
        "title": text(
            "The title, in the language that was asked for or the authoritative one.", "Let us look inside"
        ),
        "language": text("The language of that title and of the text below.", "en"),
        "organization": ORGANIZATION,
        "addressees": Many(text("One addressee.", "The policy makers"), "To whom it is written."),
        "withheld": Maybe(WITHHELD, absent=True),
        "state": text(
            "Whether it can be signed: only while open.",
            "open",
            enum=["scheduled", "open", "paused", "closed"],
        ),
        "published_at": Maybe(moment("When it was published.", "2026-02-13T08:00:00Z")),
        "closes_at": Maybe(moment("When it will close, or was to close.", "2026-06-30T22:00:00Z")),
        "closed_at": Maybe(moment("When it closed."), absent=True),
        "answered_at": Maybe(moment("When the addressee answered."), absent=True),
        "languages": Many(
            text("A language code.", "en"), "In which it can be read, the authoritative one first."
        ),
        "text_version": whole("The version of the text that is signed now.", 1, minimum=1),
        "text_sha256": text("The fingerprint of that text.", "5d1f" * 16, pattern="^[0-9a-f]{64}$"),
        "signatures": SIGNATURES,
        "target": Maybe(whole("How many the organizer hopes for.", 2000), absent=True),
        "updated_at": moment("When something that readers see last changed."),
        "links": LINKS,
        "cite": CITE,
    },
)
ANSWER: Final = Record("LetterAnswer", "One letter.", {"data": LETTER})
PAGE: Final = page("LetterList", "One page of letters.", LETTER, path="/api/v1/letters")
ONE: Final = Operation(
    name="letter",
    group=Group.LETTERS,
    summary="One letter",
    says="A letter with its number, its state, and links to all that can be read of it.",
    answer=ANSWER,
    words={
        "lang": "The title in this language, where the letter has it. Otherwise in the authoritative one."
    },
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
LISTED: Final = Operation(
    name="letters",
    group=Group.LETTERS,
    summary="All letters",
    says="The letters that have opened, page by page. Follow `links.next` until it is null.",
    answer=PAGE,
    words={
        "q": "Words that a title or the organization’s name holds. Case and accents do not matter.",
        "lang": "Titles in this language, where a letter has it. Otherwise in the authoritative one.",
        "cursor": "Where the page begins: from `links.next`, with the same query as before.",
    },
    headers=("Link",),
)
