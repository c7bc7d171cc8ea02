"""One person who used everything that the site offers, from the form to the answer to a report."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from letters import addresses, folding, limits
from letters.delivery import cards, email, journal
from letters.models import Letter, Message, Report, Signature
from letters.services import mailings, reasons, reports
from tests import builders, restores
from tests.smtp import Inbox

FIRST_NAME, NAME = "Wilhelmina Canari", "Wilhelmina Çanary-Kestrel"
ROLE, WORK = "Lamplighter of Ghent", "Kestrel and Daughters"
REASON = "Because my grandmother lit these lamps."
TYPED = "Canary.Kestrel+letters@gmail.com"
KEY = "form-key-of-canary"
OTHER = "Ben Okafor"
"""Who is not erased: where they are not found, nothing was searched."""
PROXY, PEER, AGENT = "203.0.113.77", "198.51.100.88", "CanaryBrowser/9.81 (lamp)"


class Person:
    """Their browser, their mailbox, and every secret that passed by."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.browser = Client(
            REMOTE_ADDR=PEER, HTTP_X_FORWARDED_FOR=f"{PROXY}, {PEER}", HTTP_USER_AGENT=AGENT
        )
        self.links: list[str] = []
        self.data: dict[str, Any] = {}
        self.letter = builders.letter(at=timezone.now() - timedelta(days=1), names_in_api=True)
        builders.confirmed(self.letter, at=timezone.now(), name=OTHER)
        self.read_mail()

    def read_mail(self, mails: int = 1) -> str:
        """Let so many mails leave, and return the link of the newest to this person."""
        assert email.drain(clock=lambda: timezone.now() + limits.SIGNED_MAIL_AFTER) == mails
        # Mails that are due together leave in any order.
        mine = [number for number, mail in enumerate(self.inbox.mails) if mail["To"].lower() == TYPED.lower()]
        return self.inbox.link(mine[-1] if mine else -1)

    def open(self, link: str) -> str:
        """Open a mailed link and return the page it leads to."""
        self.links.append(link)
        page = self.browser.get(link)["Location"]
        assert self.browser.get(page).status_code == 200
        return str(page)

    def post(self, path: str, status: int = 303, **said: str) -> None:
        """Send a form."""
        assert self.browser.post(path, said).status_code == status

    def sign(self) -> str:
        """Sign, confirm, be counted, and come back by the mail about that."""
        home = f"/letters/{self.letter.slug}/"
        said = {"name": FIRST_NAME, "role": ROLE, "affiliation": WORK, "email": TYPED}
        self.post(f"{home}sign/", **said, form_key=KEY, visibility="public", updates="on")
        page = self.open(self.read_mail())
        self.post(page, seen=self.stored().seen_digest())
        restores.seal(self.letter, at=timezone.now())
        return self.open(self.read_mail(2))

    def live(self) -> str:
        """Do everything but leave; return the page of the signature, opened by a fresh mail."""
        page, home = self.sign(), f"/letters/{self.letter.slug}/"
        said = {"name": NAME, "role": ROLE, "affiliation": WORK, "visibility": "public", "language": "en"}
        self.post(f"{page}change/", **said, updates="on")
        self.post(f"{page}reason/", reason=REASON)
        reasons.show(uid=self.stored().uid, by=None, at=timezone.now())
        restores.seal(self.letter, at=timezone.now() + timedelta(seconds=1))
        builders.featured(self.stored(), at=timezone.now())
        cards.draw(text_id=self.stored().text_id, at=timezone.now())
        self.post(f"{home}my-signature/", email=TYPED)
        self.open(self.read_mail())
        self.answered()
        self.told()
        self.post(f"{page}data/")
        self.open(self.read_mail())
        self.data = json.loads(self.browser.get(f"{page}data/download/").content)
        return page

    def report(self, home: str) -> None:
        """Report their own name, in words that give everything away."""
        words = f"I am {NAME}, {ROLE}, {TYPED}."
        self.post(f"{home}report/", name=NAME.upper(), reason="other", words=words, email=TYPED)
        note = f"It is {NAME} of {WORK}."
        reports.settle(pk=Report.objects.latest("pk").pk, note=note, by=None, at=timezone.now())

    def answered(self) -> None:
        """Get the answer, and once not: their server refuses it and, as servers do, says whose it was."""
        self.inbox.refuse_recipient = lambda address: f"550 5.2.1 <{address}> is on holiday"
        home = f"/letters/{self.letter.slug}/"
        self.report(home)
        assert email.drain(clock=timezone.now) == 0
        assert "is on holiday" in Message.objects.latest("pk").error
        self.inbox.refuse_recipient = lambda address: ""
        self.report(home)
        assert email.drain(clock=timezone.now) == 1
        assert "The answer to your report" in self.inbox.mails[-1]["Subject"]

    def told(self) -> None:
        """Get an update, with a link to get no more of them."""
        mailing = builders.update(self.letter, at=timezone.now()).mailing
        mailings.advance(mailing_id=mailing.pk, at=timezone.now())
        self.read_mail()
        self.links.append(self.inbox.mails[-1]["List-Unsubscribe"].strip(" <>").partition("testserver")[2])

    def stored(self) -> Signature:
        """The row as it is now."""
        return Signature.objects.select_related("letter", "text").exclude(name=OTHER).get()

    def secrets(self) -> list[str]:
        """Return everything that leads to them: words, and the bytes that the key opens."""
        one = self.stored()
        assert one.email_sealed is not None
        assert one.salt_sealed is not None
        words = [FIRST_NAME, NAME, NAME.upper(), folding.fold(NAME).strip(), ROLE, WORK, REASON, TYPED, KEY]
        # Not the key of the mailbox: while the letter is open it keeps one from signing twice.
        sealed = [bytes(one.email_sealed).hex(), bytes(one.salt_sealed).hex()]
        return [*words, addresses.canonical(TYPED, version=1), *sealed]

    def passing(self) -> list[str]:
        """Return what must be nowhere at any time: where they came from, with what, and by which token."""
        tokens = [link.split("/")[2] for link in self.links]
        halves = [part for token in tokens for part in token.split(".") if len(part) > 12]
        cookies = [morsel.value for morsel in self.browser.cookies.values()]
        assert len(tokens) == 5
        return [PROXY, PEER, AGENT, "CanaryBrowser", *tokens, *halves, *cookies]


def settle(letter: Letter) -> None:
    """What the workers do within seconds."""
    restores.seal(letter, at=timezone.now() + timedelta(seconds=5))
    journal.write(at=timezone.now())
