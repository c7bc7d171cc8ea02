"""The words of a letter and their versions."""

from __future__ import annotations

from typing import Final

from letters.api import problems
from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes.kinds import Many, Maybe, Record, flag, moment, text, whole
from letters.api.shapes.letters import API
from letters.api.shapes.lists import page
from letters.enums import TextKind

VERSION: Final = whole("The version of the text.", 1, minimum=1)
SHA256: Final = text(
    "The fingerprint of the words: SHA-256 over their canonical JSON, as the public list has it.",
    "5d1f" * 16,
    pattern="^[0-9a-f]{64}$",
)
KINDS: Final = {"md": "text/markdown", "txt": "text/plain", "html": "text/html"}
"""Forms in which a text is given beside JSON."""
TEXT: Final = Record(
    "Text",
    "The words of one version in one language.",
    {
        "version": VERSION,
        "language": text("Its language.", "en"),
        "authoritative": flag("Whether these words bind; else they are a translation.", True),
        "title": text("The title.", "Let us look inside"),
        "addressees": Many(text("One addressee.", "The policy makers"), "To whom it is written."),
        "body_markdown": text("The words (Markdown).", "Dear policy makers,"),
        "sha256": SHA256,
    },
)
ROW: Final = Record(
    "TextVersion",
    "One version of the words. Nobody is moved to a version that they did not sign.",
    {
        "version": VERSION,
        "published_at": Maybe(moment("When it was published.")),
        "kind": text("What it is to the one before.", "correction", enum=list(TextKind.values)),
        "reason": Maybe(text("Why the words changed; null for the first.", "A wrong word.")),
        "checked": Maybe(
            text("Why a second person let it be a correction; null where none had to.", "The same hour.")
        ),
        "asks_again": flag("Whether those who signed an earlier version were asked to sign this one.", False),
        "sha256": SHA256,
        "confirmed_on_version": whole("How many of the count stand on it.", 1480),
        "languages": Many(text("A language code.", "en"), "In which it can be read, the binding one first."),
    },
)
PAGE: Final = page("TextVersionList", "Every version, the newest first.", ROW, path=f"{API}/versions")
ASKED: Final = Operation(
    name="text",
    group=Group.LETTERS,
    summary="The words",
    says="The words that are signed. An answer whose address names a version never changes; caches keep it "
    "for a year.",
    answer=TEXT,
    forms={
        KINDS["md"]: "# Let us look inside\n\nThe policy makers\n\nDear policy makers,\n",
        KINDS["txt"]: "Let us look inside\n\nThe policy makers\n\nDear policy makers,\n",
        KINDS["html"]: '<article lang="en" dir="ltr">\n<h1>Let us look inside</h1>\n</article>\n',
    },
    headers=("Last-Modified",),
    problems=(*OF_A_LETTER, problems.WITHHELD),
)
HISTORY: Final = Operation(
    name="versions",
    group=Group.LETTERS,
    summary="Every version of the words",
    says="When each version of the text was published, why, and how many of the count stand on it.",
    answer=PAGE,
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
