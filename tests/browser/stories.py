"""What people do, step by step, in the words of the pages."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

from tests.smtp import Inbox

T = TypeVar("T")


def await_until(ask: Callable[[], T | None], *, within: float = 10.0) -> T:
    """Ask until there is an answer."""
    deadline = time.monotonic() + within
    while True:
        answer = ask()
        if answer:
            return answer
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.25)  # a network may ask the API twice a second


def fill_form(page: Page, *, name: str, email: str, role: str = "", visible: bool = True) -> None:
    """Fill in the form of a letter as far as it is needed."""
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Role").fill(role)
    page.get_by_text("Everyone: on this page" if visible else "Count me, keep my name private").click()


def sign(page: Page, path: str, *, name: str, email: str, role: str = "", visible: bool = True) -> None:
    """Open a letter, sign it, and see that a mail is on its way."""
    page.goto(path)
    fill_form(page, name=name, email=email, role=role, visible=visible)
    page.get_by_role("button", name="Sign this letter").click()
    page.get_by_role("heading", name="Check your email").wait_for()


def mail_to(inbox: Inbox, address: str, about: str) -> str:
    """Wait for a mail and return the path of its link."""

    def found() -> str | None:
        for number, mail in enumerate(inbox.mails):
            if mail["To"] == address and about in mail["Subject"]:
                return inbox.link(number)
        return None

    return await_until(found, within=20)


def confirm(page: Page, link: str) -> None:
    """Open the mailed link and press the one button."""
    page.goto(link)
    page.get_by_role("button", name="Confirm my signature").click()
    page.get_by_role("heading", name="on the letter").wait_for()


def receipt(page: Page, manage: str) -> str | None:
    """Download the receipt of a signature, if there is one yet."""
    answer = page.request.get(manage + "receipt/")
    return answer.text() if answer.ok else None


def log_in(page: Page, *, email: str, password: str) -> None:
    """Come to the desk."""
    page.goto("/admin/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("heading", name="Your desk").wait_for()


def ask(address: str, data: bytes | None = None) -> tuple[int, str]:
    """Open an address, or post to it, as somebody who has nothing else."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data)) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
