"""An organization's colour: whether words in it can be read, and the shades that follow from it.

Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). Colours are written
like #21409a. The grounds are those of static/css/tokens.css.
"""

from __future__ import annotations

import colorsys
import math
import re
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PATTERN: Final = r"^#[0-9a-f]{6}$"
LEAST: Final = 4.5  # WCAG 2.2, 1.4.3: of words against their ground
LEAST_IN_DARK: Final = 7.0  # there we choose the shade ourselves, so it may be easy to read
WHITE: Final = "#ffffff"
DARK_SHEET: Final = "#1a1c22"
DARK_DESK: Final = "#111216"
DARK_ON: Final = "#101522"
TINT: Final = 0.08  # how much of the accent is in the ground of a banner
STEP: Final = 1 / 64  # by which a colour is lightened until it is light enough

# Contrast has no direction: words in the accent on white are as clear as white words on a button.
GROUNDS: Final = (
    ("#f0efeb", _("on the grey around the letter (#f0efeb)")),
    (WHITE, _("on the white of the letter and under the white words of a button")),
)


@dataclass(frozen=True)
class Shades:
    """The tokens that an accent changes, for light or for dark pages."""

    accent: str
    deep: str
    on: str
    tint: str

    def css(self) -> str:
        """Return them as CSS declarations."""
        return f"--accent:{self.accent};--deep:{self.deep};--on:{self.on};--tint:{self.tint}"


def luminance(color: str) -> float:
    """Return the relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linear(channel) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, from 1 for the same colour to 21 for black and white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_accent(value: str) -> None:
    """Raise ValidationError for a colour in which words cannot be read, or that is none."""
    if not re.fullmatch(PATTERN, value):
        raise ValidationError(_("Write the colour as # and six digits or letters, like #21409a."), code="hex")
    for ground, where in GROUNDS:
        ratio = contrast(value, ground)
        if ratio < LEAST:
            raise ValidationError(
                _(
                    "This colour has a contrast of %(ratio)s:1 %(where)s. Words need at least %(least)s:1 "
                    "to be read by everybody: choose a darker colour."
                ),
                code="contrast",
                # Rounded down, so that what is too little never looks like enough.
                params={"ratio": f"{math.floor(ratio * 100) / 100:.2f}", "where": where, "least": LEAST},
            )


def light(accent: str) -> Shades:
    """Return the shades for light pages. `accent` has passed `check_accent`."""
    share = TINT
    while contrast(accent, tint := _mixed(accent, WHITE, share)) < LEAST:
        share -= 0.01
    return Shades(accent, _lit(accent, _lightness(accent) * 0.75), WHITE, tint)


def dark(accent: str) -> Shades:
    """Return the shades for dark pages: the same hue, as light as it takes to be read on dark grounds."""
    lightness = _lightness(accent)
    while contrast(bright := _lit(accent, lightness), DARK_SHEET) < LEAST_IN_DARK:
        lightness += STEP
    deep = _lit(accent, lightness + (1 - lightness) * 0.35)
    return Shades(bright, deep, DARK_ON, _mixed(bright, DARK_SHEET, TINT))


def tokens(accent: str) -> str:
    """Return the CSS that follows the site's own and puts the accent in the place of its colour."""
    return (
        f"@layer tokens{{:root{{{light(accent).css()}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{dark(accent).css()}}}}}}}"
    )


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _written(red: float, green: float, blue: float) -> str:
    return "#" + bytes(round(255 * channel) for channel in (red, green, blue)).hex()


def _lightness(color: str) -> float:
    return colorsys.rgb_to_hls(*_channels(color))[1]


def _lit(color: str, lightness: float) -> str:
    """Return the colour with its hue and saturation and another lightness, 0 to 1."""
    hue, _own, saturation = colorsys.rgb_to_hls(*_channels(color))
    return _written(*colorsys.hls_to_rgb(hue, min(1.0, lightness), saturation))


def _mixed(color: str, ground: str, share: float) -> str:
    pairs = zip(_channels(color), _channels(ground), strict=True)
    red, green, blue = (ground + (own - ground) * share for own, ground in pairs)
    return _written(red, green, blue)
