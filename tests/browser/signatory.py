"""One person and their signature: what they do on its pages, in the words of their language."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Final

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from letters.demo import letter as demo
from tests.browser import stories
from tests.smtp import LINK, Inbox

USUAL: Final = {"English without script": ("en", False), "Arabic": ("ar", True)}
OTHERS: Final = {"English": ("en", True), "Arabic without script": ("ar", False)}
"""The language that is read, and whether the browser runs scripts."""
VARIANTS: Final = [pytest.param(one, id=name) for name, one in USUAL.items()] + [
    pytest.param(one, id=name, marks=pytest.mark.every_view) for name, one in OTHERS.items()
]
POSTED: Final = b"name=Mallory&visibility=private&language=en&reason=x&never_again=1"
OWN: Final = re.compile(r"/s/|//[^/]+/my-signature/")
LETTER: Final = f"/letters/{demo.SLUG}/"
CONFIRM: Final = 'Confirm your signature: "%(title)s"'
SIGNED: Final = 'You signed "%(title)s"'
ALREADY: Final = 'You have already signed "%(title)s"'


class Signatory:
    """A person at a browser, who gets mails. Texts are given in English and looked for as translated."""

    def __init__(self, page: Page, inbox: Inbox, *, name: str, email: str, language: str = "en") -> None:
        self.page, self.inbox = page, inbox
        self.name, self.email, self.language = name, email, language
        self.title = ""
        self.bar: list[str] = []
        self._read: set[int] = set()
        page.on("framenavigated", lambda frame: self.bar.append(frame.url))

    def word(self, english: str, **values: object) -> str:
        """Return what the site says for this in their language."""
        with translation.override(self.language):
            said = gettext(english)
            return said % values if values else said

    def read(self, path: str = LETTER) -> None:
        """Open a public page in their language."""
        self.page.goto(path if self.language == "en" else f"/{self.language}{path}")

    def follow(self, link: str) -> None:
        """Open a link by what it says."""
        self.page.get_by_role("link", name=self.word(link), exact=True).click()

    def press(self, button: str) -> None:
        """Press a button by what it says."""
        self.page.get_by_role("button", name=self.word(button), exact=True).click()

    def fill(self, label: str, value: str) -> None:
        """Write into a field."""
        self.page.get_by_label(self.word(label)).fill(value)

    def choose(self, words: str) -> None:
        """Choose one of the answers, or tick a box."""
        self.page.get_by_text(self.word(words), exact=True).click()

    def sees(self, text: str, **values: object) -> None:
        """See a text somewhere on the page."""
        expect(self.page.get_by_text(self.word(text, **values)).first).to_be_visible()

    def is_at(self, heading: str) -> None:
        """See the page with this heading, in their language and in its direction."""
        expect(self.page.get_by_role("heading", level=1, name=self.word(heading))).to_be_visible()
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        expect(self.page.locator("html")).to_have_attribute("dir", "rtl" if self.language == "ar" else "ltr")

    def signs(self, path: str = LETTER, *, visible: bool = True) -> None:
        """Fill in the form of a letter and send it."""
        self.read(path)
        self.title = self.page.locator("h1").inner_text()
        self.fill_in(visible=visible)

    def fill_in(self, *, visible: bool = True) -> None:
        """Fill in the form that stands here and send it."""
        self.fill("Full name", self.name)
        self.fill("Email address", self.email)
        self.choose(EVERYONE if visible else NOBODY)
        self.press("Sign this letter")
        self.is_at("Check your email")

    def confirms(self) -> None:
        """Open the newest mail and press the one button in its page."""
        self.page.goto(self.link(CONFIRM, title=self.title))
        self.press("Confirm my signature")
        expect(self.page.locator(".slip .you")).to_contain_text(self.name)
        self.bar_is("thanks/")

    def manages(self) -> None:
        """Go on from the thanks to the page of their signature."""
        self.follow("See it, change it or withdraw it")
        self.is_at("Your signature")

    def own_addresses(self) -> set[str]:
        """Return what stood in the bar while they were on the pages of their signature."""
        return {address for address in self.bar if OWN.search(address)}

    def is_alone(self) -> None:
        """Make sure that no address of theirs shows or does anything for who has nothing but it."""
        for address in self.own_addresses():
            for data in (None, POSTED):
                status, shown = stories.ask(address, data)
                # Only a link that opens nothing any more stays in the bar.
                assert status == 410 if "/s/" in address and not data else status in (403, 405)
                private = (self.name, self.email, self.title, "<form", "<button")
                assert [word for word in private if word in shown] == [], address

    def mail(self, subject: str, **values: object) -> EmailMessage:
        """Wait for a mail that they have not read yet."""
        wanted = self.word(subject, **values)

        def unread() -> EmailMessage | None:
            for number, mail in enumerate(self.inbox.mails):
                if number not in self._read and (mail["To"], mail["Subject"].strip()) == (self.email, wanted):
                    self._read.add(number)
                    return mail
            return None

        return stories.await_until(unread, within=30)

    def link(self, subject: str, **values: object) -> str:
        """Wait for a mail and return the path of its link."""
        body = self.mail(subject, **values).get_body(("plain",))
        assert body is not None
        found = LINK.search(body.get_content())
        assert found
        return found[1]

    def bar_is(self, ending: str) -> None:
        """Have an address in the bar that ends so."""
        expect(self.page).to_have_url(re.compile(re.escape(ending) + "$"))


EVERYONE: Final = "Everyone: on this page and in its downloads"
NOBODY: Final = "Count me, keep my name private"
