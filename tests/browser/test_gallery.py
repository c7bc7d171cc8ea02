"""Every state of every page, by the eyes of an accessibility checker and on the narrowest screens.

The normal run sees each state from right to left and from left to right, in two widths and two schemes,
and every pair of language, width and scheme meets on some state; `make axe` sees each in all twelve views.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from letters.web.gallery.urls import STATES
from tests.browser.fixtures import is_ours
from tests.gallery import address

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gallery")]
LANGUAGES: Final = ("en", "ar", "fr")
SCREENS: Final = ((390, "light"), (1280, "dark"), (390, "dark"), (1280, "light"))
VIEWS: Final = [(language, *screen) for language in LANGUAGES for screen in SCREENS]
NARROWEST: Final = 320  # WCAG 2.2, 1.4.10: 1280 pixels at 400 %
LARGE_TEXT: Final = {"fontSizes": {"standard": 32, "fixed": 26}}  # WCAG 2.2, 1.4.4: 200 %
TOO_WIDE: Final = """
() => {
  const page = document.documentElement, most = page.clientWidth;
  if (page.scrollWidth <= most) return [];
  const found = [...document.querySelectorAll("body *")].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return right > most + 1 || left < -1;
  });
  return ["the page", ...found.slice(0, 5).map((one) => one.outerHTML.slice(0, 160))];
}
"""
States = pytest.mark.parametrize("name", STATES)


class Readers:
    """One page for each screen, reused: what it asks of other hosts or complains of is a fault."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url
        self._pages: dict[tuple[int, str], Page] = {}
        self.faults: list[str] = []

    def open(self, name: str, language: str, width: int = 390, scheme: str = "light") -> Page:
        """Show a state, and see that it answers as it should."""
        page = self._pages.get((width, scheme)) or self._page(width, scheme)
        answer = page.goto(address(name, language))
        assert answer
        assert answer.status == STATES[name].status
        return page

    def _page(self, width: int, scheme: Any) -> Page:
        context = self._browser.new_context(
            base_url=self._url, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.on("console", lambda one: self.faults.append(one.text) if is_ours(one) else None)
        page.on("request", lambda one: None if one.url.startswith(self._url) else self.faults.append(one.url))
        self._pages[width, scheme] = page
        return page


@pytest.fixture(scope="module")
def everybody(chromium: Browser, gallery: str) -> Iterator[Readers]:
    readers = Readers(chromium, gallery)
    yield readers
    for page in readers._pages.values():
        page.context.close()


@pytest.fixture
def readers(everybody: Readers) -> Iterator[Readers]:
    everybody.faults.clear()
    yield everybody
    # The browser itself calls an answer of 4xx or 5xx an error.
    assert [fault for fault in everybody.faults if "responded with a status of" not in fault] == []


def chosen(name: str) -> list[tuple[str, int, str]]:
    """Return two views of a state: Arabic and, in turn, English or French; both widths, both schemes."""
    turn = list(STATES).index(name)
    other = ("en", "fr")[turn // 4 % 2]
    return [("ar", *SCREENS[turn % 4]), (other, *SCREENS[turn % 4 ^ 1])]


@States
def test_a_state_is_accessible_on_every_screen(
    name: str, readers: Readers, axe: Callable[[Page], list[str]], request: pytest.FixtureRequest
) -> None:
    folder: Path | None = request.config.getoption("--shots")
    found = {}
    for language, width, scheme in VIEWS if request.config.getoption("--every-view") else chosen(name):
        page = readers.open(name, language, width, scheme)
        found[language, width, scheme] = axe(page)
        if folder:
            page.screenshot(path=folder / language / f"{name}-{width}-{scheme}.png", full_page=True)
        found |= {(language, screen): wide for screen, wide in too_wide(page).items()}
    assert {view: faults for view, faults in found.items() if faults} == {}


def too_wide(page: Page) -> dict[str, list[str]]:
    """Return what sticks out of the narrowest screen, and of others when text has twice its size."""
    found, usual = {}, page.viewport_size
    assert usual
    page.set_viewport_size({**usual, "width": NARROWEST})
    found["narrowest"] = page.evaluate(TOO_WIDE)
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", LARGE_TEXT)
    for width in (390, 1280):
        page.set_viewport_size({**usual, "width": width})
        found[f"large text on {width}"] = page.evaluate(TOO_WIDE)
    browser.detach()
    page.set_viewport_size(usual)
    return found


@pytest.mark.parametrize("name", ["ledger", "changes", "privacy"])
def test_a_table_that_stands_otherwise_on_a_phone_is_a_table_to_who_hears_it(
    name: str, readers: Readers
) -> None:
    page = readers.open(name, "en")
    browser = page.context.new_cdp_session(page)
    heard = Counter(node["role"]["value"] for node in browser.send("Accessibility.getFullAXTree")["nodes"])
    browser.detach()
    assert heard["table"] == 1
    assert heard["rowheader"] == heard["row"] - 1 > 0
    assert heard["cell"] > heard["row"] * 2  # a phone leaves out those that say nothing


def test_the_choice_of_views_has_every_pair() -> None:
    seen = [chosen(name) for name in STATES]
    pairs = {(view[0], view[1]) for views in seen for view in views}
    pairs |= {(view[0], view[2]) for views in seen for view in views}
    assert len(pairs) == 12
    assert {(view[1], view[2]) for views in seen for view in views} == set(SCREENS)
    for views in seen:
        assert "ar" in {view[0] for view in views} < set(LANGUAGES)
        assert {view[1] for view in views} == {390, 1280}
        assert {view[2] for view in views} == {"light", "dark"}
