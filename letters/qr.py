"""QR codes (ISO/IEC 18004) of addresses, to be printed: black on white, with the address in words beneath.

Error correction M (15 %), and the quiet zone of four modules that the standard asks for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Final

import segno
from PIL import Image, ImageDraw

from letters.cards import faces

QUIET: Final = 4
"""Modules without a mark on each side."""
PIXELS: Final = 16
"""Of a module in the picture: a code of 37 modules is 6 cm wide at 300 dots per inch."""
LINE: Final = 30
"""Signs of an address in one line; it is read and typed by people."""
ADVANCE: Final = 0.6
"""How wide a sign of a monospaced font is, of its size."""
LEADING: Final = 1.4
"""From line to line, of the size of its signs. The words begin below the quiet zone."""


def svg(url: str) -> str:
    """Return the code as SVG 1.1; a unit is a module."""
    rows, lines = _rows(url), _lines(url)
    wide, size = len(rows) + 2 * QUIET, len(rows) / (LINE * ADVANCE)
    high = wide + LEADING * size * (len(lines) + 1)
    marks = "".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for x, y in _dark(rows))
    words = "".join(
        f'<text x="{wide / 2}" y="{wide + LEADING * size * (number + 0.7):.2f}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PIXELS * wide}" height="{PIXELS * high:.0f}"'
        f' viewBox="0 0 {wide} {high:.2f}"><path fill="#fff" d="M0 0h{wide}v{high:.2f}h-{wide}z"/>'
        f'<path d="{marks}" shape-rendering="crispEdges"/>'
        f'<g font-family="monospace" font-size="{size:.2f}" text-anchor="middle">{words}</g></svg>'
    )


def png(url: str) -> bytes:
    """Return the code as a picture."""
    rows, lines = _rows(url), _lines(url)
    wide, size = (len(rows) + 2 * QUIET) * PIXELS, len(rows) * PIXELS // (LINE // 2)
    canvas = Image.new("1", (wide, wide + round(LEADING * size * (len(lines) + 1))), 1)
    pen = ImageDraw.Draw(canvas)
    for x, y in _dark(rows):
        left, top = (x + QUIET) * PIXELS, (y + QUIET) * PIXELS
        pen.rectangle((left, top, left + PIXELS - 1, top + PIXELS - 1), 0)
    face = faces.find("a", bold=False, language="en")
    font = face.at(size) if face else None
    for number, line in enumerate(lines):
        middle = wide + round(LEADING * size * (number + 0.5))
        pen.text((wide // 2, middle), line, 0, font, anchor="mm")
    written = io.BytesIO()
    canvas.save(written, "PNG", optimize=True)
    return written.getvalue()


def _rows(url: str) -> list[list[bool]]:
    code = segno.make_qr(url, error="m", boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix]


def _dark(rows: list[list[bool]]) -> Iterator[tuple[int, int]]:
    return ((x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)


def _lines(url: str) -> list[str]:
    """Return an address in lines; it is broken behind a slash where one is near."""
    rest, lines = url.partition("://")[2], []
    while len(rest) > LINE:
        place = rest.rfind("/", LINE // 2, LINE) + 1 or LINE
        lines.append(rest[:place])
        rest = rest[place:]
    return [*lines, rest]
