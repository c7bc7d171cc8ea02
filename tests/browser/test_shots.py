"""Pictures of every page of the story, and what an accessibility checker says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import stories
from tests.browser.fixtures import ORGANIZER
from tests.builders import PASSWORD
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
LETTER = "/letters/openness-in-ai/"
STANDING = {
    "list": "/",
    "letter": LETTER,
    "names": LETTER + "signatures/",
    "names-found": LETTER + "signatures/?q=an&method=email",
    "names-none": LETTER + "signatures/?q=xylophon&country=FR",
    "form": LETTER + "sign/",
    "ledger": LETTER + "ledger/",
    "receipt": LETTER + "ledger/receipt/",
    "lost-link": LETTER + "my-signature/",
    "how-we-count": "/how-we-count/",
    "privacy": "/privacy/",
    "login": "/accounts/login/",
    "not-found": "/nothing-here/",
    "bad-link": "/s/broken/",
}
VIEWS = [
    pytest.param((390, "light"), id="390-light"),
    pytest.param((1280, "dark"), id="1280-dark"),
    pytest.param((1280, "light"), id="1280-light", marks=pytest.mark.every_view),
    pytest.param((390, "dark"), id="390-dark", marks=pytest.mark.every_view),
]


Look = Callable[[Page, str], None]


@pytest.fixture(params=VIEWS)
def view(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def look(axe: Callable[[Page], list[str]], request: pytest.FixtureRequest, view: Any) -> Look:
    """Check a page as it stands, and keep its picture for `make shots`."""
    folder: Path | None = request.config.getoption("--shots")

    def look(page: Page, name: str) -> None:
        assert axe(page) == [], name
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, name
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}-{view[0]}-{view[1]}.png", full_page=True)
            page.screenshot(path=folder / f"{name}-{view[0]}-{view[1]}-first.png")

    return look


def test_every_page_of_the_story_is_accessible(
    person: Callable[..., Page], look: Look, postbox: tuple[Inbox, int], view: Any
) -> None:
    page = person(view[0], color_scheme=view[1])
    email = f"noor-{view[0]}-{view[1]}@example.org"
    for name, path in STANDING.items():
        page.goto(path)
        look(page, name)
    page.goto(LETTER)
    page.get_by_label("Full name").fill("Noor van den Berg")
    page.get_by_label("Email address").fill("noor@")
    page.get_by_role("button", name="Sign this letter").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    look(page, "error")
    stories.sign(page, LETTER, name="Noor van den Berg", email=email, role="Piano tuner")
    look(page, "check-email")
    link = stories.mail_to(postbox[0], email, "Confirm your signature")
    page.goto(link)
    look(page, "confirm")
    page.get_by_role("link", name="This was not me").click()
    page.get_by_role("heading", name="This was not me").wait_for()
    look(page, "not-me")
    page.goto(page.url.replace("not-me/", "receipt/"))
    page.get_by_role("heading", name="No receipt yet").wait_for()
    look(page, "no-receipt")
    stories.confirm(page, link)
    look(page, "thanks")
    page.get_by_role("link", name="See it, change it or withdraw it").click()
    page.get_by_role("heading", name="Your signature", exact=True).wait_for()
    look(page, "manage")
    look_at_the_owners_pages(page, look, lambda: stories.mail_to(postbox[0], email, "Your data"))
    page.get_by_role("link", name="Withdraw my signature").wait_for()
    check_receipts(page, look)
    page.get_by_role("link", name="Withdraw my signature").click()
    page.get_by_role("heading", name="Withdraw your signature").wait_for()
    look(page, "withdraw")
    page.get_by_role("button", name="Withdraw my signature").click()
    page.get_by_text("You withdrew your signature").wait_for()
    look(page, "withdrawn")


def look_at_the_owners_pages(page: Page, look: Look, fresh_link: Callable[[], str]) -> None:
    """See what can be changed, and what only a fresh mail opens."""
    manage = page.url
    for name in ("change", "reason", "data"):
        page.goto(f"{manage}{name}/")
        look(page, name)
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_text("A mail is on its way").wait_for()
    look(page, "data-sent")
    page.goto(fresh_link())
    page.get_by_role("link", name="Download my data").wait_for()
    look(page, "data-fresh")
    for name in ("forget", "delete"):
        page.goto(f"{manage}data/{name}/")
        look(page, name)
    page.goto(manage)


def check_receipts(page: Page, look: Look) -> None:
    """Have the receipt of the signature whose page this is, and bring it to be checked."""
    manage = page.url
    receipt = stories.await_until(lambda: stories.receipt(page, manage), within=30)
    page.goto(manage)
    look(page, "manage-counted")
    page.goto(LETTER + "ledger/receipt/")
    page.get_by_label("Or paste it").fill(receipt[:-9])
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    look(page, "receipt-error")
    file = {"name": "receipt.json", "mimeType": "application/json", "buffer": receipt.encode()}
    page.get_by_label("Your receipt").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("heading", name="This signature counts").wait_for()
    look(page, "receipt-counted")
    page.goto(LETTER)
    page.get_by_role("link", name="permanent page").click()
    page.get_by_role("heading", name="Cite it").wait_for()
    look(page, "at")
    lines = page.locator("#checkpoint pre").first
    lines.click()  # marks all of it; the lines that the screen breaks stay whole
    marked = page.evaluate("getSelection().toString()")
    assert marked.strip() == (lines.text_content() or "").strip()
    assert len(marked.strip().splitlines()) == 5
    page.goto(manage)


def test_every_page_of_the_desk_is_accessible(person: Callable[..., Page], look: Look, view: Any) -> None:
    page = person(view[0], color_scheme=view[1])
    stories.log_in(page, email=ORGANIZER, password=PASSWORD)
    look(page, "desk")
    for name in (
        "letter",
        "update",
        "organization",
        "signature",
        "mailing",
        "tally",
        "block",
        "message",
        "event",
    ):
        page.goto(f"/admin/letters/{name}/")
        look(page, f"desk-{name}-list")
    page.goto("/admin/letters/organization/")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_label("Address:").fill("noor@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("is on its way to noor@example.org").wait_for()
    look(page, "desk-team")
    page.goto("/admin/letters/user/invite/")
    look(page, "desk-operators")
    page.goto("/admin/letters/letter/")
    page.get_by_role("link", name="Let us look inside").click()
    page.get_by_role("link", name="Pause signing").wait_for()
    look(page, "desk-letter")
    page.get_by_role("link", name="Pause signing").click()
    page.get_by_role("heading", name="Pause signing?").wait_for()
    look(page, "desk-pause")
    look_at_what_is_decided(page, look)
    page.goto("/admin/letters/letter/add/")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.get_by_text("Nothing was saved yet").wait_for()
    look(page, "desk-letter-errors")


def look_at_what_is_decided(page: Page, look: Look) -> None:
    """See the next version of a text, an answer, and a signature that is taken out of the number."""
    letter = page.url.removesuffix("pause/")
    page.goto(f"{letter}answer/")
    page.get_by_role("button", name="Publish an answer").click()
    page.get_by_text("This field is required").first.wait_for()
    look(page, "desk-answer-errors")
    page.goto(f"{letter}translations/de/")
    look(page, "desk-translation")
    page.goto(f"{letter}version/")
    page.get_by_label("Text:", exact=True).fill("Dear Policy Makers,\n\nRelease it.")
    page.get_by_label("Amendment").check()
    page.get_by_label("Why the text changes").fill("Shorter is clearer.")
    page.get_by_role("button", name="Show what changes").click()
    page.get_by_role("button", name="Publish this version").wait_for()
    look(page, "desk-version")
    page.goto("/admin/letters/signature/?state__exact=confirmed")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Remove this signature").click()
    page.get_by_role("heading", name="Take this signature out of the number?").wait_for()
    look(page, "desk-remove")
