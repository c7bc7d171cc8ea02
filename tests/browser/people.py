"""People who work at the desk: their browsers, and what they carry to prove who they are."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.browser import stories
from tests.browser.fixtures import is_ours
from tests.smtp import Inbox

New = Callable[..., Page]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


@contextmanager
def browsers(chromium: Browser, url: str) -> Iterator[New]:
    """Open as many browsers as are asked for; what any page complains of in the console is a fault."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int = 1280, **options: Any) -> Page:
        view = {"width": width, "height": 900}
        context = chromium.new_context(base_url=url, viewport=view, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.add_init_script(VIOLATIONS)
        page.on("console", lambda one: faults.append(one.text) if is_ours(one) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    # The browser itself calls an answer of 4xx an error; a form that comes back is none.
    assert [fault for fault in faults if "status of 4" not in fault] == []


def invitation(inbox: Inbox, address: str) -> str:
    """Wait for the mail that invites somebody, and return the path of its link."""

    def link() -> str | None:
        for mail in reversed(inbox.mails):
            body = mail.get_body(("plain",))
            found = re.search(r"(/accounts/invitation/\S+)", body.get_content()) if body else None
            if mail["To"] == address and found:
                return found[1]
        return None

    return stories.await_until(link, within=20)


def device(page: Page) -> tuple[CDPSession, str]:
    """Give a browser a device that keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, added["authenticatorId"]


def app_code(secret: str, steps: int = 0) -> str:
    """Return what the app shows now, or half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def enrol(page: Page) -> str:
    """Enrol an app where the desk asks for it, and return its secret."""
    page.get_by_role("heading", name="A second factor").wait_for()
    secret = page.locator("code").inner_text()
    page.get_by_label("code", exact=False).fill(app_code(secret))
    go(page, "Go on")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    return secret


def go(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def allowed(page: Page) -> bool:
    """Whether the policy refused nothing on this page."""
    return bool(page.evaluate("violations.length") == 0)


def open_menu(page: Page) -> None:
    """Open what stands under one's own name at the top of the desk."""
    page.locator("summary .who").click()
