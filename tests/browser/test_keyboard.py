"""Without a mouse: what has the focus can be seen, and a letter can be signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.gallery import address

Person = Callable[..., Page]
# The points of the focused box that the screen shows, and which of them something else covers.
COVERED: Final = """
() => {
  const one = document.activeElement, dock = document.querySelector(".dock");
  const box = one.getBoundingClientRect(), at = dock.getBoundingClientRect();
  const points = [];
  for (const x of [box.left + 2, (box.left + box.right) / 2, box.right - 2])
    for (const y of [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2]) points.push([x, y]);
  const below = points.filter(([x, y]) => dock.contains(document.elementFromPoint(x, y)));
  return {
    what: one.outerHTML.slice(0, 120),
    inside: dock.contains(one),
    stuck: at.top < innerHeight && at.bottom <= innerHeight + 1,
    seen: box.top < innerHeight && box.bottom > 0,
    covered: dock.contains(one) ? 0 : below.length,
  };
}
"""


@pytest.mark.browser
@pytest.mark.xdist_group("gallery")
@pytest.mark.parametrize("back", [False, True], ids=["forwards", "backwards"])
def test_the_bar_that_sticks_never_covers_what_has_the_focus(
    chromium: Browser, gallery: str, back: bool
) -> None:
    context = chromium.new_context(
        base_url=gallery, viewport={"width": 390, "height": 700}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address("letter-all-fields"))
    if back:
        page.locator("footer a").last.focus()
    seen = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        page.wait_for_function("new Promise(requestAnimationFrame)")
        seen.append(page.evaluate(COVERED))
    context.close()
    assert len(seen) > 20
    assert any(one["stuck"] and not one["inside"] for one in seen)  # it was there to cover something
    assert any(one["inside"] for one in seen)
    assert [one for one in seen if one["covered"] or not one["seen"]] == []


@pytest.mark.browser
@pytest.mark.xdist_group("site")
def test_a_letter_is_signed_by_keys_alone(person: Person) -> None:
    page = person(390)
    page.goto("/letters/openness-in-ai/")
    go_to(page, "#id_name")
    page.keyboard.type("Noor van den Berg")
    go_to(page, "#id_email")
    page.keyboard.type("noor-by-keys@example.org")
    go_to(page, "[name=visibility]")
    page.keyboard.press("Space")
    assert page.locator("[name=visibility]").first.is_checked()
    go_to(page, "form.reply [type=submit]")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check your email").wait_for()


def go_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")
