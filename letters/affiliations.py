"""Where people say that they work or study, under one key however it is spelled.

Case, accents, punctuation and blanks make no difference, nor do a leading “The” and the legal form at
the end (Inc, Ltd, GmbH, e.V. …). What else means the same only a person can know: the organizer says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from letters import folding, limits

# Each as `folding.fold` writes it: a point or a stroke leaves a blank behind.
LEGAL_FORMS: Final = frozenset(
    tuple(form.split())
    for form in (
        # English
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "l l c",
        "llp", "l l p", "lp", "plc", "p l c", "pty", "pte", "pvt", "cic", "c i c", "cio",
        # German
        "gmbh", "ggmbh", "g gmbh", "mbh", "ag", "a g", "kg", "k g", "kgaa", "ohg", "gbr", "ug",
        "haftungsbeschrankt", "eg", "e g", "ev", "e v", "se",
        # French, Italian, Spanish, Portuguese, Romanian
        "sa", "s a", "sas", "s a s", "sasu", "sarl", "s a r l", "snc", "eurl", "scop", "scic", "asbl",
        "a s b l", "srl", "s r l", "spa", "s p a", "onlus", "sl", "s l", "slu", "lda", "ltda",
        # Dutch, Nordic, Baltic
        "bv", "b v", "nv", "n v", "bvba", "vzw", "v z w", "ab", "oy", "oyj", "asa", "as", "a s", "aps", "ry",
        "ou", "uab",
        # Slavic, Hungarian
        "sp z o o", "spzoo", "s r o", "sro", "zrt", "kft", "doo", "d o o", "ооо", "ао", "пао", "зао",
        # Hebrew, Chinese, Japanese
        "בעמ", "בע מ", "有 限 公 司", "株 式 会 社", "有 限 会 社",
    )
)  # fmt: skip
LONGEST: Final = max(len(form) for form in LEGAL_FORMS)
BEFORE: Final = frozenset({("the",), ("ооо",), ("ао",), ("пао",), ("зао",), ("株", "式", "会", "社")})
"""What stands before a name and is none of it."""


def key(text: str) -> str:
    """Return what all spellings of an affiliation have in common; empty for one without a letter or digit."""
    words = folding.fold(text).split()
    for size in range(LONGEST, 0, -1):
        if len(words) > size and tuple(words[:size]) in BEFORE:
            words = words[size:]
    return "".join(_without_form(words))[: limits.AFFILIATION_KEY_MAX]


def _without_form(words: list[str]) -> list[str]:
    """Return the words without legal forms at their end; something always remains."""
    for size in range(LONGEST, 0, -1):
        if len(words) > size and tuple(words[-size:]) in LEGAL_FORMS:
            return _without_form(words[:-size])
    return words


def together(spellings: Mapping[str, int], merges: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Return the number of each affiliation under the spelling that most people use.

    `merges` says which key is counted under which other, and what that one is called then.
    """
    groups: dict[str, Counter[str]] = {}
    for text, number in spellings.items():
        if mine := key(text):
            groups.setdefault(_target(mine, merges), Counter())[text] += number
    names = dict(merges.values())
    return {names.get(mine) or _usual(texts): texts.total() for mine, texts in groups.items()}


def _target(mine: str, merges: Mapping[str, tuple[str, str]]) -> str:
    while mine in merges:
        mine = merges[mine][0]
    return mine


def _usual(texts: Counter[str]) -> str:
    return min(texts, key=lambda text: (-texts[text], len(text), text))
