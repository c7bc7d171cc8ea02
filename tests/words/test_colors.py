"""An accent is refused where its words could not be read, and its shades can be read everywhere."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from letters import colors

TOKENS = Path(settings.BASE_DIR, "static/css/tokens.css").read_text("utf-8")
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
LIGHT_GROUNDS = ("#ffffff", "#f0efeb")
DARK_GROUNDS = ("#1a1c22", "#111216")


def accepted(color: str) -> bool:
    try:
        colors.check_accent(color)
    except ValidationError:
        return False
    return True


def hue(color: str) -> tuple[float, float]:
    """Return hue and chroma, 0 to 1."""
    red, green, blue = (channel / 255 for channel in bytes.fromhex(color[1:]))
    turned = colorsys.rgb_to_hls(red, green, blue)[0]
    return turned, max(red, green, blue) - min(red, green, blue)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0), ("#0000ff", "#ffffff", 8.59),
    ],
)  # fmt: skip
def test_the_contrast_is_that_of_other_tools(one: str, other: str, ratio: float) -> None:
    assert colors.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert colors.contrast(other, one) == colors.contrast(one, other)


@pytest.mark.parametrize(
    ("color", "ratio", "where"),
    [("#ffd400", "1.24", "#f0efeb"), ("#ff0000", "3.47", "#f0efeb"), ("#767676", "3.94", "#f0efeb")],
)
def test_a_pale_colour_is_refused_with_its_ratio_its_ground_and_what_to_do(
    color: str, ratio: str, where: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        colors.check_accent(color)
    [said] = caught.value.messages
    assert f"{ratio}:1" in said
    assert where in said
    assert "choose a darker colour" in said


@pytest.mark.parametrize("value", ["21409a", "#21409", "#21409g", "#21409A", "blue", "#fff", "#21409a\n", ""])
def test_what_is_no_colour_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="like #21409a"):
        colors.check_accent(value)


def test_the_colour_of_the_site_itself_passes() -> None:
    assert accepted("#21409a")


def test_the_grounds_are_those_of_the_pages() -> None:
    light, dark = TOKENS.split("@media", 1)
    assert re.findall(r"--(?:sheet|desk|on):(#[0-9a-f]+)", light) == ["#fff", "#f0efeb", "#fff"]
    assert re.findall(r"--(?:sheet|desk|on):(#[0-9a-f]+)", dark) == [*DARK_GROUNDS, colors.DARK_ON]
    assert (colors.DARK_SHEET, colors.DARK_DESK) == DARK_GROUNDS


@given(COLORS)
def test_words_are_refused_or_readable_on_every_ground(color: str) -> None:
    worst = min(colors.contrast(color, ground) for ground in LIGHT_GROUNDS)
    assert accepted(color) == (worst >= 4.5)


@given(COLORS)
def test_every_shade_of_an_accepted_colour_can_be_read(color: str) -> None:
    assume(accepted(color))
    for shades, grounds in ((colors.light(color), LIGHT_GROUNDS), (colors.dark(color), DARK_GROUNDS)):
        for ground in (*grounds, shades.tint, shades.on):
            assert colors.contrast(shades.accent, ground) >= 4.5
            assert colors.contrast(shades.deep, ground) >= 4.5
    assert colors.light(color).accent == color


@given(COLORS)
def test_on_dark_pages_the_hue_stays(color: str) -> None:
    (before, chroma), (after, _) = hue(color), hue(colors.dark(color).accent)
    assume(accepted(color) and chroma > 0.1)
    turned = abs(before - after)
    assert min(turned, 1 - turned) < 0.02
