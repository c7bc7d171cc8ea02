"""What the parameters mean. A name means the same wherever it stands."""

from __future__ import annotations

from typing import Final

from letters.api.shapes.kinds import Schema

MEANINGS: Final = {
    "state": "Only letters in this state.",
    "organization": "Only letters of the organization with this slug.",
    "sort": "The order: the newest first, or the most signed first.",
    "updated_since": "Only letters whose `updated_at` is this moment or later. A day is its first moment.",
    "q": "Words that the name holds; each may be the beginning of one. Case and accents do not matter.",
    "notable": "Only names that stand above the list, after a person checked them.",
    "order": "The order: by the day of signing or by name.",
    "method": "Only those verified so.",
    "version": "This version. Without it the newest.",
    "lang": "In this language. Without it the authoritative one.",
    "format": "The form of the answer.",
    "interval": "The length of a point.",
    "from": "The first day (UTC).",
    "to": "The last day (UTC).",
    "bom": "With `1` the file begins with a byte order mark, by which some spreadsheets know UTF-8.",
    "limit": "How many entries a page has. Without it 50.",
    "cursor": "Where the page begins. Do not make one: follow `links.next`.",
}
PARTS: Final[dict[str, Schema]] = {
    "slug": {
        "description": "The letter’s name, as in the address of its page.",
        "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "examples": ["openness-in-ai"]},
    },
    "organization": {
        "description": "The organization’s name, as in the address of its page.",
        "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "examples": ["open-workbench"]},
    },
    "date": {
        "description": "A day (UTC) that is over.",
        "schema": {"type": "string", "format": "date", "examples": ["2026-03-13"]},
    },
}
"""The parts of paths."""
