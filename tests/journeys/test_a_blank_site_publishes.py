"""From an empty site to a letter that is signed, corrected, amended and closed: all of it at the desk.

Ada has the login that the command printed, a browser, and nobody to ask. Noor is her moderator.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import site, smtp
from tests.browser import people, stories
from tests.browser.people import New, allowed, go
from tests.builders import PASSWORD
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("blank")]
ADA, NOOR = "ada@undersigned.example", "noor@undersigned.example"
HOME, TITLE = "Night Rail Alliance", "Keep the night trains running"
TO = "The transport ministers of the European Union"
TEXT = "Dear Ministers,\n\nEvery evning people board a train and wake up elsewhere.\n\nWith respect,"
IN_FRENCH = "Mesdames et Messieurs,\n\nChaque soir, des gens montent dans un train.\n\nRespectueusement,"
PATH = "/letters/keep-the-night-trains-running/"
KINDS = ["amendment", "correction", "first"]
SIGNATORIES = ("Ben Okafor", "Cleo Marchand", "Dov Amsalem")


@pytest.fixture(scope="module")
def own() -> Iterator[tuple[Inbox, int]]:
    """A mail server that no other site sends to: the same people write to those."""
    with smtp.server() as (inbox, port):
        yield inbox, port


@pytest.fixture(scope="module")
def blank(own: tuple[Inbox, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[site.Site]:
    """A site without a letter, in production's mode; passkeys are for names, not for addresses."""
    data = tmp_path_factory.mktemp("blank") / "data"
    environment = {
        "DEBUG": "false",
        "EMAIL_URL": f"smtp://127.0.0.1:{own[1]}",
        "DJANGO_SUPERUSER_EMAIL": ADA,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    with site.running(data, "--no-demo", host="localhost", **environment) as running:
        yield running


@pytest.fixture
def new(chromium: Browser, blank: site.Site) -> Iterator[New]:
    """Open another browser; what any page complains of is a fault."""
    with people.browsers(chromium, blank.url) as new:
        yield new


def ask(blank: site.Site, path: str) -> Any:
    with urllib.request.urlopen(f"{blank.url}/api/v1{path}") as response:
        return json.load(response)


def press(page: Page, name: str) -> None:
    """Follow a link that looks like a button."""
    page.get_by_role("link", name=name, exact=True).first.click()


def save_and_continue(page: Page) -> None:
    assert allowed(page)
    go(page, "Save and continue")


def ada_comes_to_an_empty_desk(ada: Page) -> None:
    ada.goto("/admin/")
    ada.get_by_label("Email").fill(ADA)
    ada.get_by_label("Password").fill(PASSWORD)
    ada.get_by_role("button", name="Log in", exact=True).click()
    people.enrol(ada)
    press(ada, "I have them. To the desk")
    ada.get_by_role("heading", name="Your desk").wait_for()
    expect(ada.get_by_text("No letters yet.")).to_be_visible()


def ada_makes_her_organization(ada: Page) -> None:
    ada.goto("/admin/letters/organization/add/")
    ada.get_by_label("Name:", exact=True).fill(HOME)
    ada.get_by_label("Legal name").fill(f"{HOME} e. V.")
    ada.get_by_label("Contact").fill("press@nightrail.example")
    ada.locator("#id_slug").fill("night-rail")
    ada.get_by_role("button", name="Save").first.click()


def ada_writes_in_two_languages(ada: Page) -> None:
    ada.goto("/admin/")
    press(ada, "Write a letter")
    ada.get_by_label("Title:").fill(TITLE)
    ada.get_by_label("To:", exact=True).fill(TO)
    ada.get_by_label("Text:", exact=True).fill(TEXT)
    save_and_continue(ada)
    ada.get_by_label("Another language").select_option("fr")
    go(ada, "Translate")
    ada.get_by_label("Title:").fill("Gardez les trains de nuit")
    ada.get_by_label("To:", exact=True).fill("Les ministres des transports de l’Union européenne")
    ada.get_by_label("Text:", exact=True).fill(IN_FRENCH)
    ada.get_by_role("button", name="Save", exact=True).click()
    press(ada, "Continue")
    for _stage in ("form", "look", "schedule"):
        save_and_continue(ada)
    ada.get_by_role("heading", name=TITLE).wait_for()


def ada_is_told_what_is_missing(ada: Page) -> None:
    press(ada, "Publish")
    expect(ada.get_by_role("heading", name="things are missing")).to_be_visible()
    expect(ada.get_by_text("It has a title.")).to_be_visible()
    expect(ada.get_by_text("Nobody has read the preview in English yet.")).to_be_visible()
    expect(ada.get_by_role("button", name="Publish")).to_have_count(0)


def ada_says_what_becomes_of_data(ada: Page) -> None:
    ada.get_by_role("link", name="Say what becomes of data").first.click()
    ada.get_by_label("Nobody", exact=False).first.check()
    ada.get_by_label("Addresses are deleted by").fill("2030-05-01")
    ada.get_by_role("button", name="Save").first.click()


def ada_reads_and_publishes(ada: Page) -> None:
    press(ada, "What publishing needs")
    ada.get_by_role("link", name="Open the preview").first.click()
    expect(ada.get_by_text("English, not read as it stands")).to_be_visible()
    go(ada, "I have read it as it will appear")
    expect(ada.get_by_text("English, read as it stands")).to_be_visible()
    expect(ada.get_by_text("Gardez les trains de nuit").first).to_be_visible()
    assert allowed(ada)
    go(ada, "I have read it as it will appear")
    expect(ada.get_by_role("heading", name="Everything is there")).to_be_visible()
    go(ada, "Publish")
    expect(ada.get_by_text("The letter is published.")).to_be_visible()


def noor_comes_to_help(ada: Page, noor: Page, inbox: Inbox) -> None:
    people.device(noor)
    ada.goto("/admin/letters/organization/1/team/")
    ada.get_by_label("Address").fill(NOOR)
    ada.locator("#id_role").select_option("moderator")
    go(ada, "Send the invitation")
    noor.goto(people.invitation(inbox, NOOR))
    noor.get_by_label("Your name").fill("Noor Haddad")
    noor.get_by_label("A new password").fill(PASSWORD)
    go(noor, "Accept and log in")
    people.enrol(noor)
    press(noor, "I have them. To the desk")
    people.open_menu(noor)
    press(noor, "Your login")
    press(noor, "Add a passkey")
    noor.get_by_label("Name").fill("Laptop")
    go(noor, "Make a passkey")
    expect(noor.get_by_text("Laptop")).to_be_visible()
    assert allowed(noor)


def three_people_sign(new: New, blank: site.Site, inbox: Inbox) -> None:
    for name in SIGNATORIES:
        email = f"{name.split()[0].lower()}@example.org"
        person = new(390)
        stories.sign(person, PATH, name=name, email=email, role="Nurse")
        stories.confirm(person, stories.mail_to(inbox, email, "Confirm your signature"))
    stories.await_until(lambda: ask(blank, f"{PATH}count")["confirmed"] == 3, within=20)


def noor_features_cleo(noor: Page) -> None:
    noor.goto("/admin/letters/signature/?q=Cleo")
    noor.get_by_role("link", name="Cleo Marchand").first.click()
    noor.get_by_role("link", name="Feature this signature").click()
    noor.get_by_label("Checked by").fill("Noor Haddad")
    noor.get_by_label("How").fill("by telephone at her office")
    noor.get_by_label("Checked on").fill(datetime.now(UTC).date().isoformat())
    noor.get_by_role("button", name="Save").first.click()
    expect(noor.get_by_text("Cleo Marchand").first).to_be_visible()


def ada_changes_the_text(ada: Page, new: str, kind: str, why: str, button: str) -> None:
    ada.goto("/admin/letters/letter/1/version/")
    ada.get_by_label("Text:", exact=True).fill(new)
    ada.get_by_label(kind).check()
    ada.get_by_label("Why the text changes").fill(why)
    go(ada, "Show what changes")
    expect(ada.get_by_role("heading", name="What readers will see changed")).to_be_visible()
    go(ada, button)
    expect(ada.get_by_text("is published.").first).to_be_visible()


def ada_closes(ada: Page) -> None:
    press(ada, "Close the letter")
    go(ada, "Close the letter")
    expect(ada.get_by_text("The letter is closed.")).to_be_visible()


def test_from_an_empty_site_to_a_closed_letter(blank: site.Site, own: tuple[Inbox, int], new: New) -> None:
    inbox, ada, noor, reader = own[0], new(1280), new(1280), new(390)
    ada_comes_to_an_empty_desk(ada)
    ada_makes_her_organization(ada)
    ada_writes_in_two_languages(ada)
    ada_is_told_what_is_missing(ada)
    ada_says_what_becomes_of_data(ada)
    ada_reads_and_publishes(ada)
    noor_comes_to_help(ada, noor, inbox)
    three_people_sign(new, blank, inbox)
    noor_features_cleo(noor)
    reader.goto(PATH)
    expect(reader.get_by_text("Checked by Noor Haddad").first).to_be_visible()

    corrected = TEXT.replace("evning", "evening")
    ada_changes_the_text(ada, corrected, "Correction", "A letter was missing.", "Publish this version")
    amended = corrected.replace("With respect,", "Please act before the summer.\n\nWith respect,")
    ada_changes_the_text(ada, amended, "Amendment", "The ministers asked by when.", "Publish this version")
    stories.mail_to(inbox, "ben@example.org", "was amended")
    ada_closes(ada)
    reader.goto(PATH)
    expect(reader.get_by_text("Please act before the summer.")).to_be_visible()
    known = ask(blank, PATH.rstrip("/"))["data"]
    assert (known["state"], known["signatures"]["confirmed"]) == ("closed", 3)
    assert [one["kind"] for one in ask(blank, f"{PATH}versions")["data"]] == KINDS
    assert all(allowed(page) for page in (ada, noor, reader))
