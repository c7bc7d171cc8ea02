"""Ada publishes a letter, Ben signs it, and the number is true: the main story of the site.

Everything is real: the browser, the web server, the mail over SMTP, the Celery worker, the
databases. Dates and names are invented.
"""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import stories
from tests.browser.fixtures import ORGANIZER
from tests.builders import PASSWORD
from tests.site import Site
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
TEXT = "Dear Ministers,\n\nKeep **every** train.\n\n1. Lower the charges.\n2. Buy carriages.\n\nWith respect,"


def ask(live: Site, path: str) -> Any:
    with urllib.request.urlopen(live.url + path) as response:
        return json.load(response)


def ada_makes_her_organization(ada: Page, name: str) -> None:
    ada.goto("/admin/letters/organization/add/")
    ada.get_by_label("Name:", exact=True).fill(name)
    ada.locator("#id_slug").fill(name.lower().replace(" ", "-"))
    ada.get_by_label("Legal name").fill(f"{name} e. V.")
    ada.get_by_label("Contact").fill("press@nightrail.example")
    ada.get_by_role("button", name="Save").first.click()


def ada_writes_and_publishes(ada: Page, organization: str, title: str) -> None:
    ada.goto("/admin/letters/letter/add/")
    ada.get_by_label("Published by").select_option(label=organization)
    ada.get_by_label("Title:").fill(title)
    ada.get_by_label("To:", exact=True).fill("The transport ministers of the European Union")
    ada.get_by_label("Text:", exact=True).fill(TEXT)
    ada.get_by_role("button", name="Save and continue").click()
    ada.wait_for_url("**/translations/")
    ada.goto(ada.url.replace("translations", "look"))
    ada.locator("#id_place").fill("Brussels")
    ada.get_by_role("button", name="Save", exact=True).click()
    ada.get_by_text("Saved.").first.wait_for()
    ada.goto(ada.url.replace("look", "notice"))
    ada.get_by_label("Nobody else").check()
    ada.get_by_label("Addresses are deleted by").fill("2030-05-01")
    ada.get_by_role("button", name="Save", exact=True).click()
    ada.get_by_role("link", name="What publishing needs").click()
    ada.get_by_role("link", name="Open the preview").click()
    expect(ada.get_by_text("This is a preview. Only the desk sees it.").first).to_be_visible()
    expect(ada.get_by_text("Lower the charges.")).to_be_visible()
    ada.get_by_role("button", name="I have read it as it will appear").click()
    ada.get_by_role("button", name="Publish").click()
    expect(ada.get_by_text("The letter is published.")).to_be_visible()


def test_from_the_desk_to_the_number(
    person: Callable[..., Page], live: Site, postbox: tuple[Inbox, int]
) -> None:
    ada, ben, cleo = person(1280), person(390, java_script_enabled=False), person(390)
    stories.log_in(ada, email=ORGANIZER, password=PASSWORD)
    ada_makes_her_organization(ada, "Night Rail Alliance")
    ada_writes_and_publishes(ada, "Night Rail Alliance", "Keep the night trains running")
    path = "/letters/keep-the-night-trains-running/"
    count = f"/api/v1{path}count"
    assert ask(live, count)["confirmed"] == 0

    stories.sign(ben, path, name="Ben Okafor", email="ben@example.org", role="Nurse")
    cleo.goto(path)
    expect(cleo.get_by_text("Be the first to sign.")).to_be_visible()
    stories.confirm(ben, stories.mail_to(postbox[0], "ben@example.org", "Confirm your signature"))
    confirmed = time.monotonic()
    stories.await_until(lambda: ask(live, count)["confirmed"] == 1, within=10)
    assert time.monotonic() - confirmed < 10
    cleo.reload()
    expect(cleo.locator(".tally")).to_contain_text("1 signature")
    expect(cleo.locator("#names")).to_contain_text("Ben Okafor")
    stories.mail_to(postbox[0], "ben@example.org", "You signed")

    ben.goto(stories.mail_to(postbox[0], "ben@example.org", "You signed"))
    ben.get_by_role("link", name="Withdraw my signature").click()
    ben.get_by_role("button", name="Withdraw my signature").click()
    expect(ben.get_by_text("You withdrew your signature")).to_be_visible()
    cleo.reload()
    expect(cleo.get_by_text("Ben Okafor")).to_have_count(0)
    stories.await_until(lambda: ask(live, count)["confirmed"] == 0, within=10)
    stories.await_until(lambda: [mail for mail in postbox[0].mails if "was withdrawn" in mail["Subject"]])


def test_what_stands_in_the_address_bar_opens_nothing_elsewhere(
    person: Callable[..., Page], postbox: tuple[Inbox, int]
) -> None:
    noor, stranger = person(390), person(1280)
    seen: list[str] = []
    noor.on("framenavigated", lambda frame: seen.append(frame.url))
    path, email = "/letters/openness-in-ai/", "noor.bar@example.org"
    stories.sign(noor, path, name="Noor van den Berg", email=email)
    link = stories.mail_to(postbox[0], email, "Confirm your signature")
    stories.confirm(noor, link)
    noor.get_by_role("link", name="See it, change it or withdraw it").click()
    noor.get_by_role("heading", name="Your signature").wait_for()
    assert not any("/s/" in address for address in seen)
    for address in dict.fromkeys(seen):
        stranger.goto(address)
        expect(stranger.get_by_text("noor.bar@")).to_have_count(0)
        expect(stranger.get_by_role("button", name="Confirm my signature")).to_have_count(0)
        expect(stranger.get_by_role("link", name="Withdraw my signature")).to_have_count(0)
