"""The picture: a sheet on a desk, whose letter it is, to whom, and its title. Never a number, which ages."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from letters.cards import HEIGHT, WIDTH, faces, order, wrapping
from letters.cards.wrapping import Block, Style

# The tokens of static/css/tokens.css.
SHEET, DESK, INK, SOFT, ACCENT = "#ffffff", "#f0efeb", "#191b22", "#555a65", "#21409a"
SHADE: Final = (25, 27, 34, 34)

EDGE: Final = 40
"""Of the desk, around the sheet."""
INSET: Final = 116
"""From the picture's sides to the writing."""
ROOM: Final = WIDTH - 2 * INSET
HEAD: Final = 128
"""Where the letterhead stands: its base line."""
LINE: Final = 4
"""How thick the line under the letterhead is."""
FOOT: Final = HEIGHT - EDGE - 48
"""Below this nothing is written."""
GAP: Final = 20
TITLE_MOST, TITLE_LEAST, TITLE_LINES = 88, 46, 4
NAME_MOST, NAME_LEAST = 36, 28
ADDRESSEES_MOST, ADDRESSEES_LEAST = 32, 28


@dataclass(frozen=True)
class Words:
    """What stands on a card. `to` is the word before the addressees, in the letter's language."""

    title: str
    addressees: str
    to: str
    organization: str
    language: str


def draw(words: Words, *, accent: str = ACCENT) -> bytes | None:
    """Return the card as a PNG, or None where the fonts of this machine can write nothing of it.

    `accent` is the organization's colour, like #21409a.
    What cannot be written is left out whole, never half: the next best words stand in its place.
    """
    title = _drawable(words.title, words, bold=True)
    whom = _drawable(words.addressees, words, bold=not title)
    name = _drawable(words.organization, words, bold=True)
    if not (title or whom or name):
        return None
    canvas = _desk()
    pen = ImageDraw.Draw(canvas)
    rtl = order.is_rtl(title or whom or name)
    plain = Style(ADDRESSEES_MOST, bold=False, rtl=rtl, language=words.language)
    top = _letterhead(pen, name, replace(plain, size=NAME_MOST, bold=True), accent)
    top = _addressees(pen, _drawable(words.to, words, bold=False), whom if title else "", plain, top=top)
    large, room = replace(plain, size=TITLE_MOST, bold=True), (ROOM, FOOT - top - GAP)
    block = wrapping.fit(title or whom or name, style=large, least=TITLE_LEAST, room=room, most=TITLE_LINES)
    _write(pen, block, top=(top + FOOT - block.height) // 2, color=INK)
    written = io.BytesIO()
    canvas.save(written, "PNG", optimize=True)
    return written.getvalue()


def _desk() -> Image.Image:
    canvas = Image.new("RGB", (WIDTH, HEIGHT), DESK)
    sheet = (EDGE, EDGE, WIDTH - EDGE - 1, HEIGHT - EDGE - 1)
    shadow = Image.new("RGBA", canvas.size)
    ImageDraw.Draw(shadow).rectangle((sheet[0] + 8, sheet[1] + 14, sheet[2] - 8, sheet[3] + 10), SHADE)
    shadow = shadow.filter(ImageFilter.GaussianBlur(12))
    canvas.paste(shadow, mask=shadow)
    ImageDraw.Draw(canvas).rectangle(sheet, SHEET)
    return canvas


def _letterhead(pen: ImageDraw.ImageDraw, name: str, style: Style, accent: str) -> int:
    """Write who publishes the letter over a line in ink; return where the line ends."""
    block = wrapping.fit(name, style=style, least=NAME_LEAST, room=(ROOM, HEAD - EDGE), most=1)
    _line(pen, block.lines[0], block.style, base=HEAD, color=INK)
    top = HEAD + 26
    pen.rectangle((INSET, top, WIDTH - INSET - 1, top + LINE - 1), accent)
    return top + LINE


def _addressees(pen: ImageDraw.ImageDraw, to: str, whom: str, style: Style, *, top: int) -> int:
    """Write to whom the letter is, beside the word that says so; return where the title may begin."""
    indent = round(wrapping.width(to, style)) + GAP if to else 0
    room = (ROOM - indent, 100)
    block = wrapping.fit(whom, style=style, least=ADDRESSEES_LEAST, room=room, most=2)
    first = block if whom else Block([to], style)
    _line(pen, to, style, base=top + GAP + _first(first), color=SOFT)
    _write(pen, block, top=top + GAP, color=INK, indent=indent)
    return top + GAP + first.height + GAP


def _first(block: Block) -> int:
    """Return how far under the top of a block its first base line is."""
    return round(block.leading * 0.76)


def _write(pen: ImageDraw.ImageDraw, block: Block, *, top: int, color: str, indent: int = 0) -> None:
    for number, line in enumerate(block.lines):
        base = top + _first(block) + number * block.leading
        _line(pen, line, block.style, base=base, color=color, indent=indent)


def _line(
    pen: ImageDraw.ImageDraw, line: str, style: Style, *, base: int, color: str, indent: int = 0
) -> None:
    pieces = wrapping.pieces(line, style)
    wide = sum(piece.width for piece in pieces)
    left = WIDTH - INSET - indent - wide if style.rtl else float(INSET + indent)
    for piece in pieces:
        pen.text((left, base), piece.drawn, color, piece.font, anchor="ls", direction=piece.direction)
        left += piece.width


def _drawable(text: str, words: Words, *, bold: bool) -> str:
    return faces.drawable(faces.clean(text), bold=bold, language=words.language)
