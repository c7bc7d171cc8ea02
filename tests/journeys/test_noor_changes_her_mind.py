"""Noor signs, changes what she said, hides, shows herself again, says why, leaves and comes back.

She reads in her language, on a phone, with or without script. What stood in the address bar on the
way opens nothing for anybody else.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import site
from tests.browser import stories
from tests.browser.signatory import ALREADY, EVERYONE, LETTER, NOBODY, SIGNED, VARIANTS, Signatory
from tests.site import Site
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
SIGNATURES = f"{LETTER}signatures/?q="


@pytest.fixture(params=VARIANTS)
def noor(
    request: pytest.FixtureRequest, person: Callable[..., Page], postbox: tuple[Inbox, int]
) -> Signatory:
    language, script = request.param
    page = person(390, java_script_enabled=script)
    mark = f"{language}{'' if script else '-plain'}"
    name, email = f"Noor {mark.title()} van den Berg", f"noor.mind-{mark}@example.org"
    return Signatory(page, postbox[0], name=name, email=email, language=language)


def is_listed(noor: Signatory, live: Site) -> bool:
    """Whether everybody finds her in the list of names."""
    return noor.name in stories.ask(live.url + SIGNATURES + "Berg")[1]


def soon(noor: Signatory, live: Site, *, listed: bool) -> None:
    """Wait for the second that a page may be kept."""
    stories.await_until(lambda: is_listed(noor, live) is listed, within=5)


def test_noor_signs_changes_leaves_and_comes_back(noor: Signatory, live: Site) -> None:
    noor.signs()
    noor.confirms()
    she_changes_what_she_said(noor, live)
    she_hides_and_shows_herself(noor, live)
    she_says_why(noor)
    she_withdraws(noor, live)
    site.let_a_minute_pass(live)
    she_signs_again_and_once_more(noor, live)
    assert len(noor.own_addresses()) >= 9
    noor.is_alone()
    assert is_listed(noor, live)


def she_changes_what_she_said(noor: Signatory, live: Site) -> None:
    noor.manages()
    noor.follow("Change it")
    noor.fill("Full name", "")
    noor.press("Save the changes")
    noor.sees("There is a problem")
    noor.name += "-Lind"
    noor.fill("Full name", noor.name)
    noor.fill("Role", "Piano tuner")
    noor.press("Save the changes")
    noor.is_at("Your signature")
    expect(noor.page.locator(".slip .you")).to_contain_text("Piano tuner")
    soon(noor, live, listed=True)


def she_hides_and_shows_herself(noor: Signatory, live: Site) -> None:
    for wish, seen in ((NOBODY, False), (EVERYONE, True)):
        noor.follow("Change it")
        noor.choose(wish)
        noor.press("Save the changes")
        noor.is_at("Your signature")
        noor.sees(wish)
        soon(noor, live, listed=seen)


def she_says_why(noor: Signatory) -> None:
    noor.follow("Say why you signed")
    noor.fill("Why you signed", "I want to read what decides about me.")
    noor.press("Save it")
    noor.is_at("Your signature")
    noor.sees("A person reads it first.")


def she_withdraws(noor: Signatory, live: Site) -> None:
    noor.page.goto(noor.link(SIGNED, title=noor.title))
    noor.follow("Withdraw my signature")
    noor.is_at("Withdraw your signature")
    noor.press("Withdraw my signature")
    noor.is_at("Your signature")
    noor.mail("Your signature was withdrawn")
    soon(noor, live, listed=False)


def she_signs_again_and_once_more(noor: Signatory, live: Site) -> None:
    noor.follow("Sign again")
    noor.fill_in()
    noor.confirms()
    site.let_a_minute_pass(live)
    noor.signs()
    noor.page.goto(noor.link(ALREADY, title=noor.title))
    noor.is_at("Your signature")
    expect(noor.page.locator(".slip .you")).to_contain_text(noor.name)
