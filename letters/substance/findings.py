"""Reading the comparison of two texts for what may change what the letter says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple

from letters import differences
from letters.differences import Mark, Paragraph, Run, Words
from letters.substance import lists, slips
from letters.substance.lists import Lists, fold

MARKS: Final = frozenset("%‰‱٪")
"""Signs beside numbers that Unicode holds for punctuation. Currencies and signs of reckoning it knows."""
LINK: Final = re.compile(r"://|www\.|@|\]\(", re.IGNORECASE)
TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
APOSTROPHES: Final = re.compile("['’]")
PIECE: Final = re.compile(r"\S+")
ENDS: Final = frozenset(".?!:…؟۔।。！？")


class Kind(StrEnum):
    """What was found. The order is that in which a page tells it."""

    TITLE = "title"
    ADDRESSEES = "addressees"
    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    DEMAND = "demand"
    LINK = "link"
    WORD = "word"
    """Another word, or one that came or went: no slip."""
    UNLISTED = "unlisted"
    """Any word, in a language of which nothing is known here."""


class Finding(NamedTuple):
    """One kind of thing that differs at one place: what stood there and what stands there now."""

    kind: Kind
    old: str
    new: str


class _Change(NamedTuple):
    """Words that took the place of others; `begins` says whether a sentence begins with them."""

    old: str
    new: str
    begins: bool


def find(*, old: Words, new: Words, language: str) -> tuple[Finding, ...]:
    """Return what in a change may change what a letter says, in the order of the letter, once each.

    Nothing is found where only stops, spaces and the spelling of words differ.
    """
    compared = differences.between(old, new)
    found: list[Finding] = []
    if compared.title_changed:
        found.append(Finding(Kind.TITLE, old.title, new.title))
    if compared.addressees_changed:
        found.append(Finding(Kind.ADDRESSEES, old.addressees, new.addressees))
    known = lists.of_language(language)
    lower = {word for text in (old.body, new.body) for word in TOKEN.findall(text) if word.islower()}
    for passage in compared.body:
        for paragraph in _joined(passage.paragraphs) if passage.changed else ():
            for change in _changes(paragraph):
                found += _read(change, known, lower)
    return tuple(dict.fromkeys(found))


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, those that came or went whole beside each other as one: it may be a slip."""
    for whole, group in groupby(paragraphs, key=_is_whole):
        if whole:
            yield tuple(Run(run.mark, run.words + "\n") for paragraph in group for run in paragraph)
        else:
            yield from group


def _is_whole(paragraph: Paragraph) -> bool:
    return {run.mark for run in paragraph if run.words.strip()} in ({Mark.OLD}, {Mark.NEW})


def _changes(paragraph: Paragraph) -> Iterator[_Change]:
    """Yield what changed, each place once: a space that stayed does not part what belongs together."""
    gone: list[str] = []
    came: list[str] = []
    before, begins = "", True
    for mark, words in paragraph:
        if mark == Mark.SAME and words.strip():
            if gone or came:
                yield _Change("".join(gone), "".join(came), begins)
            gone, came, before = [], [], words
            continue
        if not gone and not came:
            begins = not before.strip() or before.rstrip(" \"'”’»)*_")[-1:] in ENDS
        if mark != Mark.NEW:
            gone.append(words)
        if mark != Mark.OLD:
            came.append(words)
    if gone or came:
        yield _Change("".join(gone), "".join(came), begins)


def _read(change: _Change, known: Lists | None, lower: set[str]) -> Iterator[Finding]:
    """Yield what one place holds of each kind."""
    links = [" ".join(filter(LINK.search, PIECE.findall(side))) for side in (change.old, change.new)]
    if links[0] != links[1]:
        yield Finding(Kind.LINK, *links)
    sides = [" ".join(one for one in PIECE.findall(side) if not LINK.search(one)) for side in change[:2]]
    tests = {
        Kind.NUMBER: partial(_is_number, known=known),
        Kind.NEGATION: partial(_is_listed, words=known and known.negations, known=known),
        Kind.NAME: partial(_is_name, lower=lower),
        Kind.DEMAND: partial(_is_listed, words=known and known.demands, known=known),
    }
    told: set[str] = set()
    for kind, test in tests.items():
        old, new = ([word for word in _words(side, begins=change.begins) if test(word)] for side in sides)
        if old or new:
            told.update(word.text for word in (*old, *new))
            yield Finding(kind, " ".join(word.text for word in old), " ".join(word.text for word in new))
    rest = [[word.text for word in _words(side, begins=False) if word.text not in told] for side in sides]
    yield from _others(rest[0], rest[1], known)


def _others(old: Sequence[str], new: Sequence[str], known: Lists | None) -> Iterator[Finding]:
    """Yield the words of no kind, unless one is the other with a slip in it."""
    if known is None:
        if old != new:
            yield Finding(Kind.UNLISTED, " ".join(old), " ".join(new))
        return
    before, after = ([word for word in side if fold(word) not in known.little] for side in (old, new))
    if not slips.is_slip(before, after) and not slips.is_slip(old, new):
        yield Finding(Kind.WORD, " ".join(before), " ".join(after))


class _Word(NamedTuple):
    text: str
    begins: bool
    """Whether a sentence begins with it."""


def _words(side: str, *, begins: bool) -> Iterator[_Word]:
    """Yield the words of one side, and the signs that stand with numbers."""
    for piece in PIECE.findall(side):
        signs = "".join(char for char in piece if _is_sign(char))
        if signs and not any(map(_is_digit, piece)):
            yield _Word(signs, begins=False)
        # A number is read with its signs and stops: 1,200 and 1.200 are two.
        words = [piece] if any(map(_is_digit, piece)) else TOKEN.findall(piece)
        for word in words:
            yield _Word(word, begins)
            begins = False
        begins = piece.rstrip("\"'”’»)*_")[-1:] in ENDS or (begins and not words)


def _is_digit(char: str) -> bool:
    """Whether a sign is a number by itself, in any script."""
    return unicodedata.numeric(char, None) is not None


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) in {"Sc", "Sm"} or char in MARKS


def _is_number(word: _Word, *, known: Lists | None) -> bool:
    signs = any(_is_digit(char) or _is_sign(char) for char in word.text)
    return signs or (known is not None and _is_listed(word, words=known.numbers, known=known))


def _is_listed(word: _Word, *, words: frozenset[str] | None, known: Lists | None) -> bool:
    """Whether a word stands in a list, also with a letter or an article written as one with it."""
    if not words or known is None:
        return False
    forms: set[str] = set()
    for part in map(fold, APOSTROPHES.split(word.text)):
        bare = part[1:] if part[:1] in set(known.joined) else part
        forms |= {form.removeprefix(known.article) for form in (part, bare)} | {part, bare}
    return not words.isdisjoint(forms)


def _is_name(word: _Word, *, lower: set[str]) -> bool:
    """Whether it has a capital where none is due. Where a sentence begins, whether it never is without."""
    text = word.text
    if not any(char.isupper() or char.istitle() for char in text):
        return False
    return not word.begins or text.lower() not in lower
