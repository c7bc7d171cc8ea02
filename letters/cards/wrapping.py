"""Lines that fit: measured in the fonts they are drawn with, as large as there is room for."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PIL.ImageFont import FreeTypeFont

from letters.cards import faces, order

ELLIPSIS: Final = "…"
CUT: Final = " ,;:.-–—"
"""What does not stand before an ellipsis."""
WORTH_A_LINE: Final = 0.84
LEADING: Final = 0.82
"""Of what a font takes from its highest to its lowest point: as the letter's page sets its title."""
LEADING_LEAST: Final = 1.1
LEADING_WIDE: Final = 1.3
"""Of the size, where the signs of a script fill their square."""
NEVER_FIRST: Final = frozenset(
    "、。，．・：；！？ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]}」』】〉》）］｝〕…‥"
)
NEVER_LAST: Final = frozenset("([{「『【〈《（［｛〔")


@dataclass(frozen=True)
class Style:
    """How a text is set."""

    size: int
    bold: bool
    rtl: bool
    language: str


@dataclass(frozen=True)
class Piece:
    """Letters of one font that run one way."""

    text: str
    font: FreeTypeFont
    rtl: bool

    @property
    def drawn(self) -> str:
        """The text as Pillow must be given it."""
        return order.shaped(self.text) if self.rtl and not faces.can_shape() else self.text

    @property
    def direction(self) -> str | None:
        """The way it runs, where Pillow can be told."""
        if not faces.can_shape():
            return None
        return "rtl" if self.rtl else "ltr"

    @property
    def width(self) -> float:
        """In pixels."""
        return self.font.getlength(self.drawn, direction=self.direction)


@dataclass(frozen=True)
class Block:
    """Lines of one text, as they are to be drawn."""

    lines: Sequence[str]
    style: Style

    @property
    def leading(self) -> int:
        """From one line to the next, in pixels."""
        fonts = [piece.font for line in self.lines for piece in pieces(line, self.style)]
        least = LEADING_WIDE if any(_is_wide(char) for line in self.lines for char in line) else LEADING_LEAST
        return round(max(least * self.style.size, *(LEADING * sum(font.getmetrics()) for font in fonts), 0))

    @property
    def height(self) -> int:
        """Of all lines, in pixels."""
        return self.leading * len(self.lines)


def pieces(line: str, style: Style) -> list[Piece]:
    """Return a line from left to right, cut where the font or the way changes."""
    cut: list[tuple[int, tuple[str, faces.Face]]] = []
    place, face, levels = 0, None, order.levels(line, rtl=style.rtl)
    for cluster in faces.clusters(line):
        level = levels[place]
        place += len(cluster)
        if face is None or not face.covers(cluster):
            face = faces.find(cluster, bold=style.bold, language=style.language)
        if face is None:
            continue
        if cut and cut[-1][0] == level and cut[-1][1][1] == face:
            cut[-1] = (level, (cut[-1][1][0] + cluster, face))
        else:
            cut.append((level, (cluster, face)))
    marked = [(level, Piece(text, face.at(style.size), bool(level % 2))) for level, (text, face) in cut]
    return order.placed(marked)


def width(line: str, style: Style) -> float:
    """Return how wide a line is, in pixels."""
    return sum(piece.width for piece in pieces(line, style))


def fit(text: str, *, style: Style, least: int, room: tuple[int, int], most: int) -> Block:
    """Return a text in at most so many lines within a width and a height, as large as possible.

    A line fewer is worth a smaller size. From `style.size` down to `least` no word is broken; what is
    still too long ends in an ellipsis.
    """
    best: Block | None = None
    for size in range(style.size, least - 1, -2):
        if best and size < best.style.size * WORTH_A_LINE:
            break
        block = _set(text, replace(style, size=size), room, most if best is None else len(best.lines) - 1)
        best = block or best
    if best is None:
        return _shortened(text, replace(style, size=least), room, most)
    return Block(_balanced(text, best.style, room[0], len(best.lines)), best.style)


def _set(text: str, style: Style, room: tuple[int, int], most: int) -> Block | None:
    block = Block(_lines(text, style, room[0]), style)
    fits = len(block.lines) <= most and block.height <= room[1]
    return block if fits and all(width(line, style) <= room[0] for line in block.lines) else None


def _shortened(text: str, style: Style, room: tuple[int, int], most: int) -> Block:
    wide, high = room
    lines = [part for line in _lines(text, style, wide) for part in _broken(line, style, wide)]
    there = max(1, min(most, high // max(Block(lines, style).leading, 1)))
    if len(lines) > there:
        last = list(faces.clusters(lines[there - 1]))
        while last and width("".join(last).rstrip(CUT) + ELLIPSIS, style) > wide:
            last.pop()
        lines[there - 1 :] = ["".join(last).rstrip(CUT) + ELLIPSIS]
    return Block(lines, style)


def _lines(text: str, style: Style, wide: float) -> list[str]:
    lines = [""]
    for unit in _units(text):
        if lines[-1] and width((lines[-1] + unit).rstrip(), style) > wide:
            lines.append("")
        lines[-1] += unit
    return [line.rstrip() for line in lines]


def _balanced(text: str, style: Style, wide: int, count: int) -> list[str]:
    """Return as many lines, as even as they can be."""
    low, high = 0, wide
    while high - low > 8:
        middle = (low + high) // 2
        lines = _lines(text, style, middle)
        if len(lines) <= count and all(width(line, style) <= middle for line in lines):
            high = middle
        else:
            low = middle
    return _lines(text, style, high)


def _broken(line: str, style: Style, wide: float) -> Iterator[str]:
    """Yield a line, cut into even parts where a word in it is wider than the room."""
    whole, part = width(line, style), ""
    even = min(wide, whole / math.ceil(whole / (wide - style.size)) + style.size) if whole > wide else wide
    for cluster in faces.clusters(line):
        if part and width(part + cluster, style) > even:
            yield part
            part = ""
        part += cluster
    yield part


def _units(text: str) -> list[str]:
    """Return what stays together on a line: words with the space behind them, or the signs of CJK."""
    units = [""]
    for cluster in faces.clusters(text):
        last = units[-1][-1:]
        apart = last in {" ", "-", "–", "—"} or _is_wide(last) or _is_wide(cluster[0])
        if last and apart and cluster != " " and cluster not in NEVER_FIRST and last not in NEVER_LAST:
            units.append("")
        units[-1] += cluster
    return units


def _is_wide(char: str) -> bool:
    """Return whether it fills a square, and words have no spaces. Korean has them."""
    korean = "\uac00" <= char <= "\ud7a3"
    return bool(char) and unicodedata.east_asian_width(char) in {"W", "F"} and not korean
