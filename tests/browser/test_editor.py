"""The letter beside its words: it follows what is typed, and words that are not saved are not lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fixtures import ORGANIZER
from tests.builders import PASSWORD


def at_the_desk(page: Page) -> Page:
    page.goto("/admin/letters/letter/add/")
    page.get_by_label("Email").fill(ORGANIZER)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/letter/add/")
    return page


def test_the_letter_follows_what_is_typed_and_leaving_asks_first(person: Callable[..., Page]) -> None:
    page = at_the_desk(person(1280))
    page.get_by_label("Title:").fill("Keep the night trains")
    page.get_by_label("Text:").fill("Dear *Ministers*,")
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("heading", level=1)).to_have_text("Keep the night trains")
    expect(letter.locator(".prose em")).to_have_text("Ministers")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Home").click()
    page.wait_for_url("**/admin/")
    assert asked == ["beforeunload"]


def test_on_a_phone_it_is_folded_under_the_text(person: Callable[..., Page]) -> None:
    page = at_the_desk(person(390))
    expect(page.locator("iframe")).to_be_hidden()
    page.get_by_label("Title:").fill("Keep the night trains")
    page.get_by_text("How readers will see it").click()
    title = page.frame_locator("iframe").get_by_role("heading", level=1)
    expect(title).to_have_text("Keep the night trains")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/translations/")


def test_without_script_there_is_a_button_for_it(person: Callable[..., Page]) -> None:
    page = at_the_desk(person(java_script_enabled=False))
    expect(page.get_by_text("How readers will see it")).to_be_hidden()
    page.get_by_label("Title:").fill("Keep the day trains")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep the day trains")
