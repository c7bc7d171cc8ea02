"""The conveniences of static/site.js, in a real browser under the site's own content security policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from tests.browser import stories
from tests.smtp import Inbox

SITE = [pytest.mark.browser, pytest.mark.xdist_group("site")]
LETTER = "/letters/openness-in-ai/"
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""
PRESS_TWICE = """
button => {
  const stopped = [], says = () => [button.textContent, button.getAttribute("aria-disabled")];
  addEventListener("submit", (event) => stopped.push(event.defaultPrevented));
  button.click();
  button.click();
  const busy = says();
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  return { stopped, busy, back: says() };
}
"""
Person = Callable[..., Page]


def test_the_script_is_at_most_three_kilobytes_and_asks_for_no_other_host() -> None:
    script = Path(settings.BASE_DIR, "static", "site.js").read_text("utf-8")
    assert len(script.encode()) <= 3000
    assert not any(word in script for word in ("//www", "http", "eval", "innerHTML", "Function("))


@pytest.fixture
def reader(person: Person) -> Page:
    """A reader whose browser notes what the policy refuses."""
    page = person(permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(VIOLATIONS)
    return page


def allowed(page: Page) -> bool:
    """Whether the policy refused nothing."""
    return bool(page.evaluate("violations.length") == 0)


class TestCopying:
    pytestmark = SITE

    def test_each_line_to_copy_has_a_button_that_says_when_it_is_done(self, reader: Page) -> None:
        page = reader
        page.goto(LETTER + "ledger/")
        state = page.locator("#checkpoint pre").first
        page.get_by_role("button", name="Copy the signed state").click()
        page.get_by_role("status").get_by_text("Copied").wait_for(state="attached")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == state.text_content()
        assert copied.endswith("\n")  # the signature covers every byte of its lines
        assert page.get_by_role("button").count() == page.locator("[data-copy]").count() >= 5
        assert allowed(page)

    def test_without_the_script_nobody_sees_a_dead_button(self, person: Person) -> None:
        page = person(java_script_enabled=False)
        page.goto(LETTER + "ledger/")
        assert page.get_by_role("button").count() == 0

    def test_a_page_with_its_script_is_as_accessible(
        self, reader: Page, axe: Callable[[Page], list[str]]
    ) -> None:
        reader.goto(LETTER + "ledger/")
        assert reader.get_by_role("button").count() >= 5
        assert axe(reader) == []


class TestSigning:
    pytestmark = SITE

    def test_a_form_is_sent_once_however_often_its_button_is_pressed(self, reader: Page) -> None:
        page = reader
        page.goto(LETTER)
        stories.fill_form(page, name="Noor van den Berg", email="noor-twice@example.org")
        seen = page.locator("form.reply button[type=submit]").evaluate(PRESS_TWICE)
        assert seen == {
            "stopped": [False, True],
            "busy": ["Signing…", "true"],
            "back": ["Sign this letter", None],  # as after the browser's Back
        }
        page.get_by_role("heading", name="Check your email").wait_for()
        assert allowed(page)

    def test_a_field_says_what_is_left_when_little_is(self, reader: Page) -> None:
        reader.goto(LETTER)
        role = reader.get_by_label("Role")
        role.fill("x" * 50)
        assert reader.get_by_text("Characters left").count() == 0
        role.fill("x" * 110)
        assert reader.get_by_text("Characters left: 10").is_visible()


class TestSharing:
    pytestmark = SITE

    def test_the_button_is_there_where_the_browser_can_share(
        self, reader: Page, postbox: tuple[Inbox, int]
    ) -> None:
        page, email = reader, "sharer@example.org"
        stories.sign(page, LETTER, name="Noor van den Berg", email=email)
        page.add_init_script(share("undefined"))
        stories.confirm(page, stories.mail_to(postbox[0], email, "Confirm your signature"))
        assert page.get_by_role("button", name="Copy the link").is_visible()
        assert page.get_by_role("button", name="Share…").count() == 0
        page.add_init_script(share("async (what) => { window.shared = what; }"))
        page.reload()
        page.get_by_role("button", name="Share…").click()
        shared = page.evaluate("shared")
        assert shared["url"].endswith(LETTER)
        assert shared["title"].startswith("Let us look inside")
        assert allowed(page)


def share(value: str) -> str:
    """Return a script that puts something else in the place of the browser's own way to share."""
    return f"Object.defineProperty(navigator, 'share', {{ value: {value}, configurable: true }})"


class TestCounting:
    pytestmark = SITE

    def test_the_number_follows_each_minute_while_somebody_looks(self, reader: Page) -> None:
        page, asked = reader, []
        answer = {"confirmed": 1_234_567, "as_of": "2026-03-14T20:40:00Z"}

        def count(route: Route) -> None:
            asked.append(route.request.url)
            route.fulfill(body=json.dumps(answer), content_type="application/json")

        page.route("**/api/v1/**/count", count)
        page.clock.install()
        page.goto(LETTER)
        number = page.locator("#count [data-number]")
        before = number.text_content()
        page.clock.fast_forward(59_000)
        assert asked == []
        assert number.text_content() == before
        page.clock.fast_forward(1_000)
        page.locator("#count").get_by_text("1,234,567").wait_for()
        assert page.locator("#count").get_attribute("role") == "status"
        assert set(page.locator("[data-number]").all_text_contents()) == {"1,234,567"}
        assert "14 March 2026" in (page.locator("[data-asof]").text_content() or "")
        page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
        page.clock.fast_forward(300_000)
        assert len(asked) == 1
        assert allowed(page)

    def test_a_number_that_stands_is_not_announced_again(self, reader: Page) -> None:
        page = reader
        page.clock.install()
        page.goto(LETTER)
        known = page.locator("[data-known]").get_attribute("data-known") or ""
        answer = json.dumps({"confirmed": int(known), "as_of": "2026-03-14T20:40:00Z"})
        page.route("**/api/v1/**/count", lambda route: route.fulfill(body=answer))
        watched = "document.querySelector('.tally'), { subtree: true, childList: true, characterData: true }"
        page.evaluate(f"window.changes = 0; new MutationObserver(() => changes++).observe({watched})")
        with page.expect_response("**/api/v1/**/count"):
            page.clock.fast_forward(60_000)
        page.evaluate("fetch('/').then(() => changes)")  # what came before it is dealt with
        assert page.evaluate("changes") == 0

    def test_the_address_that_it_asks_answers(self, reader: Page) -> None:
        page = reader
        page.goto(LETTER)
        path = page.locator("[data-count]").get_attribute("data-count") or ""
        assert page.evaluate("path => fetch(path).then((answer) => answer.json())", path)["confirmed"] > 0
        assert allowed(page)
