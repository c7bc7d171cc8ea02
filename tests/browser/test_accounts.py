"""How a moderator comes to the desk and back to it, in a real browser with a device that keeps passkeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import site
from tests.browser import people
from tests.browser.people import New, allowed, app_code, device, go, open_menu
from tests.builders import PASSWORD
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accounts")]
NOOR = "noor@undersigned.example"
INVITE = f"""
from django.utils import timezone
from letters.models import Organization, User
from letters.services import invitations
invitations.invite(organization=Organization.objects.get(), role="moderator", email="{NOOR}",
    by=User.objects.get(), at=timezone.now())
"""


@pytest.fixture(scope="module")
def home(postbox: tuple[Inbox, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[site.Site]:
    """A site in production's mode that wants a second factor; passkeys are for names, not for addresses."""
    data = tmp_path_factory.mktemp("accounts") / "data"
    mail = f"smtp://127.0.0.1:{postbox[1]}"
    with site.running(data, host="localhost", DEBUG="false", EMAIL_URL=mail) as running:
        yield running


@pytest.fixture
def new(chromium: Browser, home: site.Site) -> Iterator[New]:
    """Open another browser; what any page complains of is a fault."""
    with people.browsers(chromium, home.url) as new:
        yield new


def invited(home: site.Site, inbox: Inbox) -> str:
    """Invite Noor, and return the path of the link in her mail."""
    site.done(site.shell(home, INVITE))
    return people.invitation(inbox, NOOR)


def test_noor_accepts_enrols_logs_in_with_a_passkey_and_ends_another_session(
    home: site.Site, postbox: tuple[Inbox, int], new: New, axe: Callable[[Page], list[str]]
) -> None:
    page = new()
    session, key = device(page)
    page.goto(invited(home, postbox[0]))
    page.get_by_label("Your name").fill("Noor")
    page.get_by_label("A new password").fill(PASSWORD)
    go(page, "Accept and log in")

    secret = people.enrol(page)
    assert page.locator("main li code").count() == 10
    page.get_by_role("link", name="I have them").click()
    page.get_by_role("heading", name="Your desk").wait_for()

    open_menu(page)
    page.get_by_role("link", name="Your login").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Laptop")
    assert axe(page) == []
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    go(page, "Make a passkey")
    page.get_by_text("The passkey was not used").wait_for()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": True})
    go(page, "Make a passkey")
    page.get_by_role("heading", name="Your login").wait_for()
    assert page.get_by_text("Laptop").is_visible()
    assert allowed(page)
    page.goto("/admin/")
    open_menu(page)
    go(page, "Log out")

    page.goto("/accounts/login/?next=/accounts/sessions/")
    assert allowed(page)
    assert axe(page) == []
    go(page, "Log in with a passkey")
    page.get_by_role("heading", name="Where you are logged in").wait_for()
    assert page.get_by_role("listitem").filter(has_text="Chrome on Linux").count() == 1

    other = new(390)
    other.goto("/admin/")
    other.get_by_label("Email").fill(NOOR)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in", exact=True).click()
    other.get_by_role("heading", name="Your second factor").wait_for()
    assert other.get_by_role("button", name="Use a passkey").is_visible()
    other.get_by_label("Code").fill(app_code(secret, 1))
    go(other, "Go on")
    other.get_by_role("heading", name="Your desk").wait_for()

    page.reload()
    go(page, "Log out there")
    page.get_by_text("You are logged out there.").wait_for()
    assert allowed(page)
    other.reload()
    other.get_by_role("heading", name="Log in").wait_for()


def test_without_scripts_the_page_says_what_a_passkey_needs_and_offers_another_way(new: New) -> None:
    page = new(java_script_enabled=False)
    page.goto("/accounts/login/")
    assert page.get_by_text("A passkey needs a browser that runs scripts").is_visible()
    assert page.get_by_role("button", name="Log in with a passkey").count() == 0
    assert page.get_by_label("Password").is_visible()
