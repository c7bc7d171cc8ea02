"""A real browser on a real site, whose mails go to a real SMTP server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests import gallery as serving
from tests import site, smtp
from tests.builders import PASSWORD

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
ORGANIZER = "ada@undersigned.example"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what is fine need not be described: that is half of the time
}
CHECK = """
async rules => (await axe.run(document, rules)).violations.map(
  ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`
)
"""


@pytest.fixture(scope="session")
def postbox() -> Iterator[tuple[smtp.Inbox, int]]:
    """The SMTP server of the site."""
    with smtp.server() as (inbox, port):
        yield inbox, port


@pytest.fixture(scope="session")
def live(postbox: tuple[smtp.Inbox, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[site.Site]:
    """The site with its demo letter, in production's mode, with Ada as its organizer."""
    data = tmp_path_factory.mktemp("site") / "data"
    environment = {
        "DEBUG": "false",
        "DESK_SECOND_FACTOR": "false",
        "EMAIL_URL": f"smtp://127.0.0.1:{postbox[1]}",
        "DJANGO_SUPERUSER_EMAIL": ORGANIZER,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    with site.running(data, **environment) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that the test run found."""
    expect.set_options(timeout=15_000)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
            args=[*sandbox, "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync"],
        )
        yield browser
        browser.close()
        # While the driver's event loop runs, this thread has other connections than before and after it.
        connections.close_all()


@pytest.fixture
def person(chromium: Browser, live: site.Site) -> Iterator[Callable[..., Page]]:
    """Make a person with a browser of their own; nothing may leave the site or complain in the console."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int = 390, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live.url,
            viewport={"width": width, "height": 900},
            **{"java_script_enabled": True, **options},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: faults.append(message.text) if is_ours(message) else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith(live.url) else faults.append(request.url),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    # The browser itself calls an answer of 4xx an error; a form that comes back is none.
    assert [fault for fault in faults if "status of 4" not in fault] == []


def is_ours(message: ConsoleMessage) -> bool:
    """Whether a page complained, and not the checker that a test put into it (that has no address)."""
    return message.type == "error" and bool(message.location["url"])


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that shows the gallery, in development's mode, without a database."""
    with serving.running(tmp_path_factory.mktemp("gallery") / "data") as url:
        yield url


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return what axe-core (WCAG 2.2 A and AA) finds on a page."""

    def check(page: Page) -> list[str]:
        page.evaluate(AXE)
        found: list[str] = page.evaluate(CHECK, RULES)
        return found

    return check
