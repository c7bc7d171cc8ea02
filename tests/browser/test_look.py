"""An organization's colour in a real browser: on light and dark pages, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from letters import looks

pytestmark = pytest.mark.browser
COLOR = "getComputedStyle(document.querySelector('a')).color"
GROUND = "getComputedStyle(document.querySelector('button')).backgroundColor"


@pytest.mark.parametrize(
    ("medium", "scheme", "link", "button"),
    [
        ("screen", "light", "rgb(138, 21, 56)", "rgb(138, 21, 56)"),
        ("screen", "dark", "rgb(237, 137, 167)", "rgb(237, 137, 167)"),
        ("print", "light", "rgb(0, 0, 0)", "rgb(0, 0, 0)"),
        ("print", "dark", "rgb(0, 0, 0)", "rgb(0, 0, 0)"),
    ],
)
def test_the_colour_is_on_the_screen_and_paper_stays_black(
    chromium: Browser, medium: str, scheme: str, link: str, button: str
) -> None:
    page = chromium.new_page()
    css = looks.sheet(accent="#8a1538").css
    page.emulate_media(media=medium, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_content(f"<style>{css}</style><a href='#'>A link</a><button class=btn>Sign</button>")
    assert (page.evaluate(COLOR), page.evaluate(GROUND)) == (link, button)
    page.close()
