"""An organization's mark: a small PNG that somebody brings, read with care and written anew.

What is stored holds the picture and nothing else: no metadata, no colour profile, no animation.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

BYTES_MOST: Final = 200_000
SIDE_LEAST: Final = 32
SIDE_MOST: Final = 1024  # pixels; unpacked 4 MB
SIDE_KEPT: Final = 256  # pixels: three times what a letterhead shows, for fine screens and share cards
FOLDER: Final = "marks"
PATTERN: Final = r"^marks/[0-9a-f]{64}\.png$"
# The signature and the first chunk (PNG 3rd edition, 5.2 and 11.2.1): length, IHDR, width, height.
HEAD: Final = struct.Struct(">8s4x4sII")
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# What Pillow raises on files that are torn, forged or made to burst.
BROKEN: Final = (
    OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, struct.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
EIGHT_BIT: Final = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
NO_PNG: Final = _("This is not a whole PNG picture. Export the mark as a PNG and choose that file.")


@dataclass(frozen=True)
class Mark:
    """A picture as it is stored, with its sides in pixels."""

    png: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """Where it lies in the storage: its content says so."""
        return f"{FOLDER}/{hashlib.sha256(self.png).hexdigest()}.png"


def read(data: bytes) -> Mark:
    """Return the mark in a file, or raise ValidationError with what to bring instead."""
    if len(data) > BYTES_MOST:
        raise ValidationError(
            _("This file is larger than %(most)s KB. Export the mark smaller, or with fewer colours."),
            code="bytes",
            params={"most": BYTES_MOST // 1000},
        )
    if len(data) < HEAD.size:
        raise ValidationError(NO_PNG, code="png")
    signature, kind, width, height = HEAD.unpack_from(data)
    if signature != SIGNATURE or kind != b"IHDR":
        raise ValidationError(NO_PNG, code="png")
    _demand_size(width, height)  # before anything is unpacked
    try:
        return _anew(data)
    except BROKEN as error:
        raise ValidationError(NO_PNG, code="png") from error


def _anew(data: bytes) -> Mark:
    with Image.open(BytesIO(data), formats=["PNG"]) as image:
        _demand_size(*image.size)  # a second IHDR may say otherwise
        if image.mode not in EIGHT_BIT:
            raise ValidationError(_("Export the mark with 8 bits per colour."), code="depth")
        see_through = "A" in image.mode or "transparency" in image.info
        picture = image.convert("RGBA" if see_through else "RGB")
    picture.info.clear()
    picture.thumbnail((SIDE_KEPT, SIDE_KEPT), Image.Resampling.LANCZOS)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return Mark(written.getvalue(), *picture.size)


def _demand_size(width: int, height: int) -> None:
    if not (SIDE_LEAST <= width <= SIDE_MOST and SIDE_LEAST <= height <= SIDE_MOST):
        raise ValidationError(
            _(
                "This picture has %(width)s × %(height)s pixels. "
                "Bring one with %(least)s to %(most)s pixels on each side."
            ),
            code="size",
            params={"width": width, "height": height, "least": SIDE_LEAST, "most": SIDE_MOST},
        )
