"""Layla has lost our mail. She gets a link, shuts out the old ones, takes her data along and is forgotten.

Omar wants nothing of his to stay. Both read in their language, on a phone, with or without script.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signatory import LETTER, SIGNED, VARIANTS, Signatory
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
Make = Callable[[str], Signatory]
LOST = f"{LETTER}my-signature/"
UNDERWAY = (
    "If this address stands under this letter, a mail with a link is on its way to it. "
    "It may take a minute; look into the spam folder too."
)


@pytest.fixture(params=VARIANTS)
def make(request: pytest.FixtureRequest, person: Callable[..., Page], postbox: tuple[Inbox, int]) -> Make:
    """Make somebody who reads in this language, with or without script."""
    language, script = request.param

    def make(name: str) -> Signatory:
        mark = f"{name.split(maxsplit=1)[0].lower()}.data-{language}{'' if script else '-plain'}"
        page = person(390, java_script_enabled=script)
        return Signatory(page, postbox[0], name=name, email=f"{mark}@example.org", language=language)

    return make


def test_layla_finds_her_way_back_and_is_forgotten(make: Make) -> None:
    layla = make("Layla Haddad")
    layla.signs()
    layla.confirms()
    first = layla.link(SIGNED, title=layla.title)
    layla.page.context.clear_cookies()
    second = she_asks_for_a_link(layla)
    she_shuts_out_older_links(layla, first, second)
    opens_the_data(layla)
    assert downloaded(layla)["signature"]["email"] == layla.email
    layla.follow("Forget me, keep my voice")
    layla.is_at("Forget me, keep my voice")
    layla.press("Forget me, keep my voice")
    layla.is_at("You are forgotten, and you count")
    expect(layla.page.get_by_text(layla.name)).to_have_count(0)
    layla.is_alone()


def test_omar_has_everything_deleted(make: Make) -> None:
    omar = make("Omar Nasser")
    omar.signs(visible=False)
    omar.confirms()
    omar.manages()
    opens_the_data(omar)
    omar.follow("Withdraw and delete")
    omar.is_at("Withdraw and delete")
    omar.press("Withdraw and delete")
    omar.is_at("Withdrawn and deleted")
    expect(omar.page.get_by_text(omar.name)).to_have_count(0)
    omar.is_alone()


def she_asks_for_a_link(layla: Signatory) -> str:
    layla.read(LOST)
    layla.fill("Email address", "layla@")
    layla.press("Send me the link")
    layla.sees("There is a problem")
    layla.fill("Email address", layla.email)
    layla.press("Send me the link")
    layla.sees(UNDERWAY)
    link = layla.link("Your signing link")
    layla.page.goto(link)
    layla.is_at("Your signature")
    return link


def she_shuts_out_older_links(layla: Signatory, *older: str) -> None:
    layla.press("Make all links stop working that we sent so far")
    layla.is_at("Your signature")
    mine = layla.page.url
    for link in older:
        layla.page.goto(link)
        layla.is_at("This link opens nothing any more")
        expect(layla.page.get_by_text(layla.name)).to_have_count(0)
    layla.page.goto(mine)
    layla.is_at("Your signature")


def opens_the_data(person: Signatory) -> None:
    """By a fresh mail: the hour that another link opened is not enough."""
    person.follow("Download it, be forgotten, or have everything deleted")
    person.is_at("Your data")
    person.press("Send me the link")
    person.sees("A mail is on its way to the address you signed with. Its link opens this page for an hour.")
    person.page.goto(person.link("Your data"))
    person.is_at("Your data")


def downloaded(layla: Signatory) -> Any:
    with layla.page.expect_download() as download:
        layla.follow("Download my data")
    return json.loads(download.value.path().read_bytes())
