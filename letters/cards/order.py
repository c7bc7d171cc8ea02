"""Which way letters run on a line, whatever scripts stand on it (Unicode Standard Annex 9).

What nobody writes in a title is left out: embeddings, overrides and isolates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final, TypeVar

RIGHT: Final = frozenset({"R", "AL"})
NUMBERS: Final = frozenset({"EN", "AN"})
LAM: Final = "\N{ARABIC LETTER LAM}"
TATWEEL: Final = "\N{ARABIC TATWEEL}"
MIRRORED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_Piece = TypeVar("_Piece")


def is_rtl(text: str) -> bool:
    """Return whether a text runs from right to left: by its first letter, as `dir="auto"` does."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind in RIGHT for kind in strong if kind == "L" or kind in RIGHT), False)


def levels(text: str, *, rtl: bool) -> list[int]:
    """Return the level of each character of a line in a text that runs so: odd ones run to the left."""
    base = "R" if rtl else "L"
    kinds = _resolved([unicodedata.bidirectional(char) for char in text], base)
    if rtl:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def placed(pieces: Sequence[tuple[int, _Piece]]) -> list[_Piece]:
    """Return pieces of a line, each with its level, from left to right (rule L2)."""
    line = list(pieces)
    for level in range(max((level for level, _piece in line), default=0), 0, -1):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end][0] >= level:
                end += 1
            line[start:end] = line[start:end][::-1]
            start = end + 1
    return [piece for _level, piece in line]


def shaped(text: str) -> str:
    """Return writing from right to left as a font without a shaping engine must be given it: reversed.

    Arabic letters take the form of their place in the word. Vowel points, which such a font cannot
    place, are left out, as most writing leaves them out.
    """
    bare = "".join(char for char in text if unicodedata.category(char) not in {"Mn", "Cf"})
    joined = []
    place = 0
    while place < len(bare):
        pair = bare[place : place + 2]
        letter = pair if (pair, "isolated") in _forms() else bare[place]
        before = place > 0 and _reaches(bare[place - 1], "initial")
        after = bare[place + len(letter) : place + len(letter) + 1]
        joined.append(_form(letter, before=before, after=bool(after) and _reaches(after, "final")))
        place += len(letter)
    return "".join(joined)[::-1].translate(MIRRORED)


def _resolved(kinds: list[str], base: str) -> list[str]:
    """Return L, R, EN or AN for each (rules W1 to W7, N1 and N2)."""
    before = strong = base
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = before
        elif kind in RIGHT or kind == "L":
            strong, kinds[place] = kind, "L" if kind == "L" else "R"
        elif kind == "EN":
            kinds[place] = {"AL": "AN", "L": "L"}.get(strong, "EN")
        before = kinds[place]
    for place, kind in enumerate(kinds[1:-1], start=1):
        around = {kinds[place - 1], kinds[place + 1]}
        if kind in {"CS", "ES", "ET"} and len(around) == 1 and around <= NUMBERS:
            kinds[place] = kinds[place - 1]
    return _settled(kinds, base)


def _settled(kinds: list[str], base: str) -> list[str]:
    """Give spaces and signs the way of what stands around them."""
    sides = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] not in sides:
            end += 1
        before = sides[kinds[place - 1]] if place else base
        after = sides[kinds[end]] if end < len(kinds) else base
        kinds[place:end] = [before if before == after else base] * (end - place)
        place = end + 1
    return kinds


@cache
def _forms() -> dict[tuple[str, str], str]:
    """Return the forms of the Arabic letters and of lam with alef, as Unicode lists them."""
    forms = {}
    for code in [*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEFD)]:
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        letter = "".join(chr(int(part, 16)) for part in letters)
        if len(letter) == 1 or letter[:1] == LAM:
            forms[letter, form.strip("<>")] = chr(code)
    return forms


def _reaches(char: str, side: str) -> bool:
    """Return whether a letter has a form that joins on the side of what follows or what precedes it."""
    return char == TATWEEL or (char, side) in _forms()


def _form(letter: str, *, before: bool, after: bool) -> str:
    after = after and _reaches(letter, "initial")
    before = before and _reaches(letter, "final")
    form = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get((before, after))
    return _forms().get((letter, form or "isolated"), letter)
