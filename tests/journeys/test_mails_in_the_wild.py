"""What happens to our mails on the way: scanners open them, other devices read them, strangers get them."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import site
from tests.browser import stories
from tests.browser.signatory import CONFIRM as ASKED
from tests.browser.signatory import VARIANTS, Signatory
from tests.site import Site
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
LETTER = "/letters/openness-in-ai/"
CODE = re.compile(r"code there: (\d{6})")
CONFIRM = "Confirm your signature"


def links_of(inbox: Inbox, address: str) -> list[str]:
    """Every address of a mail, as a scanner collects them."""
    mail = next(mail for mail in inbox.mails if mail["To"] == address)
    return re.findall(r"https?://[^\s\"<>]+", mail.as_string().replace("=\n", ""))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_scanner_that_opens_everything_confirms_nothing_and_then_the_person_does(
    person: Callable[..., Page], live: Site, postbox: tuple[Inbox, int], script: bool
) -> None:
    dov, scanner = person(390, java_script_enabled=script), person(1280)
    email = f"dov-{script}@example.org".lower()
    stories.sign(dov, LETTER, name="Dov Levy", email=email)
    link = stories.mail_to(postbox[0], email, CONFIRM)

    visit = urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open
    for method, headers in [("HEAD", {}), ("GET", {"Sec-Purpose": "prefetch"}), *[("GET", {})] * 50]:
        with visit(urllib.request.Request(live.url + link, method=method, headers=headers)) as response:
            assert response.status == 200
    for address in [link, *(one.removeprefix(live.url) for one in links_of(postbox[0], email))]:
        scanner.goto(address)
        for anchor in scanner.locator("a[href^='/']").all()[:20]:
            scanner.request.get(live.url + str(anchor.get_attribute("href")))
    scanner.goto(link)
    scanner.wait_for_timeout(30_000 if script else 1_000)
    expect(scanner.get_by_role("button", name="Confirm my signature")).to_be_visible()
    stories.confirm(dov, link)


def test_noor_reads_the_mail_on_her_phone_and_types_its_code_at_her_desk(
    person: Callable[..., Page], postbox: tuple[Inbox, int]
) -> None:
    noor, email = person(1280, java_script_enabled=False), "noor.code@example.org"
    stories.sign(noor, LETTER, name="Noor van den Berg", email=email)
    stories.mail_to(postbox[0], email, CONFIRM)
    mail = next(mail for mail in postbox[0].mails if mail["To"] == email)
    code = CODE.search(mail.get_body(("plain",)).get_content())
    assert code
    noor.get_by_label("Code in the mail").fill("12")
    noor.get_by_role("button", name="Go on").click()
    expect(noor.get_by_role("heading", name="There is a problem")).to_be_visible()
    noor.get_by_label("Code in the mail").fill(f"{code[1][:3]} {code[1][3:]}")
    noor.get_by_role("button", name="Go on").click()
    noor.get_by_role("button", name="Confirm my signature").click()
    expect(noor.get_by_role("heading", name="on the letter")).to_be_visible()


def test_two_tabs_with_two_signatures_never_act_on_each_other(
    person: Callable[..., Page], postbox: tuple[Inbox, int]
) -> None:
    """A couple shares a computer and a browser."""
    first = person(1280)
    stories.sign(first, LETTER, name="Ada Marsh", email="ada.tab@example.org")
    ada = stories.mail_to(postbox[0], "ada.tab@example.org", CONFIRM)
    stories.sign(first, LETTER, name="Ben Marsh", email="ben.tab@example.org")
    ben = stories.mail_to(postbox[0], "ben.tab@example.org", CONFIRM)

    second = first.context.new_page()
    first.goto(ada)
    second.goto(ben)
    first.get_by_role("button", name="Confirm my signature").click()
    expect(first.locator(".slip .you")).to_contain_text("Ada Marsh")
    second.reload()
    expect(second.locator(".slip .you")).to_contain_text("Ben Marsh")
    expect(second.get_by_role("button", name="Confirm my signature")).to_be_visible()
    second.get_by_role("button", name="Confirm my signature").click()
    expect(second.locator(".slip .you")).to_contain_text("Ben Marsh")
    second.get_by_role("link", name="See it, change it or withdraw it").click()
    second.get_by_role("link", name="Withdraw my signature").click()
    second.get_by_role("button", name="Withdraw my signature").click()
    expect(second.get_by_text("You withdrew your signature")).to_be_visible()
    first.goto(first.url.replace("thanks/", ""))
    expect(first.get_by_text("You withdrew your signature")).to_have_count(0)


@pytest.mark.parametrize("variant", VARIANTS)
def test_cleo_got_a_mail_for_a_form_she_never_sent(
    person: Callable[..., Page], live: Site, postbox: tuple[Inbox, int], variant: tuple[str, bool]
) -> None:
    language, script = variant
    email = f"cleo.unasked-{language}-{script}@example.org".lower()
    mallory, cleo = (
        Signatory(page, postbox[0], name="Cleo", email=email, language=language)
        for page in (person(1280), person(390, java_script_enabled=script))
    )
    mallory.signs()
    cleo.title = mallory.title
    cleo.page.goto(cleo.link(ASKED, title=cleo.title))
    cleo.follow("This was not me")
    cleo.choose("Never write to this address again, whoever types it, under any letter here")
    cleo.press("Delete it")
    cleo.is_at("Deleted")
    cleo.is_alone()
    site.let_a_minute_pass(live)
    mallory.signs()
    mallory.email = f"not.{email}"
    mallory.signs()
    mallory.link(ASKED, title=mallory.title)
    assert len([mail for mail in postbox[0].mails if mail["To"] == email]) == 1
