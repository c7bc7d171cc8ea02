"""Every page of the desk, by the eyes of an accessibility checker, in several views, also with errors.

The pages are read from the desk itself, as in tests/admin/test_matrix.py. The normal run sees each in one
view, in turn; `make axe` sees each in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from django.db.models import Model
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from tests import builders
from tests.admin import crowd, stage
from tests.admin.test_matrix import RULES, Quick
from tests.browser.desk import View, Window
from tests.browser.test_gallery import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("desk")]
PAGES: Final = sorted(crowd.pages())
VIEWS: Final = (
    View(390, "light"),
    View(1280, "dark"),
    View(390, "dark"),
    View(1280, "light"),
    View(390, "dark", "ar"),
    View(1280, "light", "ar"),
)
LEAST: Final = 24  # CSS pixels: WCAG 2.2, 2.5.8
ROWS: Final = 8
SMALL: Final = """
least => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary"
)].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  if (!width || !height || !one.checkVisibility() || one.matches(".skip-to-content-link")) return false;
  if (one.matches("input[type=radio], input[type=checkbox]")) {
    const label = one.labels[0];
    const all = label ? label.getBoundingClientRect() : { width: 0, height: 0 };
    if (all.width >= least && all.height >= least) return false;
  }
  if (one.matches("a") && getComputedStyle(one).display === "inline") {
    const around = one.closest("p, li, dd, td, div").textContent.trim();
    if (around.length > one.textContent.trim().length + 1) return false;  // in a sentence
  }
  return width < least || height < least;
}).map((one) => one.outerHTML.slice(0, 160))
"""


FOCUS: Final = """
() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.checkVisibility() && !one.disabled && one.type !== "hidden" && one.tabIndex >= 0);
  return all.filter((one) => {
    one.focus();
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return one.tabIndex > 0 || document.activeElement !== one || !seen;
  }).map((one) => one.outerHTML.slice(0, 160));
}
"""
WALK: Final = """
() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const order = [...document.querySelectorAll("*")].indexOf(one);
  const [x, y] = [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 20) / 2];
  const top = document.elementFromPoint(x, y);
  const hidden = !top || !(one.contains(top) || top.contains(one));
  return { order, what: one.outerHTML.slice(0, 120), hidden };
}
"""


class Desk:
    """An operator's desk with something in it, and a window for each view."""

    def __init__(self, browser: Browser) -> None:
        own = stage.world("Aurora")
        self._browser, self._client, self._own = browser, Quick(), own
        self._client.force_login(builders.organizer())
        self._fits: dict[str, Model] = crowd.fitting(own)
        crowd.grow(own, range(ROWS))
        self._windows: dict[View, Window] = {}

    def window(self, view: View) -> Window:
        """Return the window for a view; nothing is complained of yet."""
        if view not in self._windows:
            self._windows[view] = Window(self._browser, self._client, view)
        self._windows[view].faults.clear()
        return self._windows[view]

    def address(self, name: str) -> str:
        """Return where a page is, with a row for which it has something to do."""
        return crowd.where(name, self._own, self._fits)

    def close(self) -> None:
        """Close all windows."""
        for window in self._windows.values():
            window.close()


@pytest.fixture(scope="module")
def desk(chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    with django_db_blocker.unblock(), stage.undone():
        made = Desk(chromium)
        yield made
        made.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_desk_is_accessible(
    name: str, desk: Desk, axe: Callable[[Page], list[str]], request: pytest.FixtureRequest
) -> None:
    turn, every = PAGES.index(name), request.config.getoption("--every-view")
    folder: Path | None = request.config.getoption("--shots")
    found: dict[object, list[str]] = {}
    for view in VIEWS if every else [VIEWS[turn % len(VIEWS)]]:
        window = desk.window(view)
        assert window.show(desk.address(name)), f"{name} is not shown. {crowd.HELP}"
        if window.is_file:
            return
        found[view] = seen(window, axe, folder and folder / f"{name}-{'-'.join(map(str, view))}.png")
    for view in VIEWS if every else [VIEWS[(turn + 1) % len(VIEWS)]]:
        window = desk.window(view)
        if RULES[name][1] and window.refuse(desk.address(name)):
            picture = folder and folder / f"{name}-refused-{'-'.join(map(str, view))}.png"
            found[view, "refused"] = seen(window, axe, picture)
    assert {view: faults for view, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["index", "letters_letter_change", "letters_signature_changelist"])
def test_keys_lead_through_a_page_in_its_order_and_nothing_covers_where_they_are(
    name: str, width: int, desk: Desk
) -> None:
    page = (window := desk.window(View(width, "light"))).page
    assert window.show(desk.address(name))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")
    window.show(desk.address(name))
    steps = []
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        steps.append(page.evaluate(WALK))
    assert len(steps) > 20
    assert [step["order"] for step in steps] == sorted(step["order"] for step in steps)
    assert [step["what"] for step in steps if step["hidden"]] == []


def test_the_menus_open_without_a_script_and_lead_to_every_page(desk: Desk) -> None:
    window = desk.window(View(390, "light"))
    window.show(desk.address("index"))
    window.page.get_by_text("More", exact=True).press("Enter")
    offered = {one.get_attribute("href") for one in window.page.locator(".ways a").all()}
    lists = {name for name in PAGES if name.endswith("_changelist")} - {"letters_checkpoint_changelist"}
    assert offered >= {desk.address(name) for name in lists}
    assert window.page.get_by_role("link", name="Signatures").first.is_visible()


def seen(window: Window, axe: Callable[[Page], list[str]], picture: Path | None) -> list[str]:
    """Return all that is wrong with what a window shows."""
    page = window.page
    if picture:
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture, full_page=True)
    found = axe(page)
    page.keyboard.press("Tab")
    found += [f"its focus is not seen: {one}" for one in page.evaluate(FOCUS)]
    found += [f"too small to press: {one}" for one in page.evaluate(SMALL, LEAST)]
    found += [f"{view}: {one}" for view, wide in too_wide(page).items() for one in wide]
    return found + window.faults
