"""Writing names so that they are found under any spelling of them: case, accents and width aside.

What is searched for are beginnings of words. Where a script writes no spaces between words (Chinese,
Japanese, Korean) every sign is a word, so that a given name is found without the family name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Letters of their own that nobody types who looks for a name, and that NFKD leaves whole.
PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
SIGN: Final = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff])")
NO_WORD: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the words of a text, folded, each after a space; empty for a text without letters or digits."""
    cased = unicodedata.normalize("NFKD", text).casefold().translate(PLAIN)
    decomposed = unicodedata.normalize("NFKD", cased)
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    spaced = SIGN.sub(r" \1 ", unicodedata.normalize("NFC", bare))
    words = NO_WORD.sub(" ", spaced).split()
    return "".join(f" {word}" for word in words)


def sought(text: str) -> list[str]:
    """Return what each part of a search must be found as, within what `fold` returns."""
    return [folded for part in text.split() if (folded := fold(part))]
