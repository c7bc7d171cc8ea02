"""One person from the form to the end, through every page of a signature, and every secret that passed by."""

from __future__ import annotations

import re
from typing import Any, Final

from django.db.models import Model
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.delivery import email
from letters.models import Erasure, Event, Letter, Mailbox, Message, Signature
from letters.services import ledger
from tests.smtp import Inbox

CANARY: Final = "Wilhelmina Canary-Kestrel"
ADDRESS: Final = "canary.kestrel@example.org"
REASON: Final = "For the kestrels."
CODE: Final = re.compile(r"\b(\d{6})\b")
POSTED: Final = {
    "name": "Mallory", "visibility": "public", "language": "en", "reason": "Mallory", "never_again": "1",
}  # fmt: skip
"""What somebody else would send, to whatever page takes it."""
KEPT: Final[tuple[type[Model], ...]] = (Signature, Message, Event, Mailbox, Erasure)


class Journey:
    """Signs, changes, says why, shuts out old links, takes the data along and withdraws."""

    def __init__(self, inbox: Inbox, letter: Letter) -> None:
        self.inbox, self.letter, self.client = inbox, letter, Client()
        self.addresses: list[str] = []
        self.pages: list[str] = []
        self.links: list[str] = []
        self.codes: list[str] = []
        self.leaks: list[tuple[str, str]] = []

    def open(self, path: str) -> str:
        """Get a path, follow it to its page, and note every address but the mailed one."""
        response = self.client.get(path)
        while response.status_code == 303:
            path = response["Location"]
            self._stands_in_the_bar(path)
            response = self.client.get(path)
        assert response.status_code == 200
        self.pages.append(response.content.decode())
        return path

    def go(self, path: str) -> str:
        """Follow a link of a page."""
        self._stands_in_the_bar(path)
        return self.open(path)

    def press(self, path: str, **data: str) -> str:
        """Post a form and open where it leads."""
        response = self.client.post(path, data)
        assert response.status_code == 303, path
        self._stands_in_the_bar(response["Location"])
        return self.open(response["Location"])

    def read_mail(self) -> str:
        """Let mails leave and return the link of the newest."""
        assert email.drain(clock=lambda: timezone.now() + limits.SIGNED_MAIL_AFTER) == 1
        body = self.inbox.mails[-1].get_body(("plain",))
        assert body
        self.codes += CODE.findall(body.get_content())
        self.links.append(self.inbox.link())
        return self.links[-1]

    def run(self) -> None:
        """Sign, mail, link, confirm, thanks, manage, change, reason, data, withdraw, farewell."""
        slug = self.letter.slug
        self.press(f"/letters/{slug}/sign/", name=CANARY, email=ADDRESS, visibility="private")
        page = self.open(self.read_mail())
        self.go(page.replace("confirm/", "not-me/"))
        self.press(page, seen=Signature.objects.get().seen_digest())
        assert ledger.seal(letter_id=self.letter.pk, at=timezone.now()) == 1
        managed = self.open(self.read_mail())
        self._says(managed)
        self.press(f"/letters/{slug}/my-signature/", email=ADDRESS)
        self.open(self.read_mail())
        self._takes_the_data(managed)
        self.press(managed + "revoke/")
        self.go(managed + "withdraw/")
        self.press(managed + "withdraw/")
        assert email.drain(clock=timezone.now) == 1
        farewell = self.inbox.mails[-1].get_body(("plain",))
        assert farewell
        assert "/s/" not in farewell.get_content()

    def _says(self, managed: str) -> None:
        self.go(managed + "change/")
        said = {"name": CANARY, "role": "Lamplighter", "visibility": "private", "language": "en"}
        self.press(managed + "change/", **said)
        self.go(managed + "news/")
        self.go(managed + "reason/")
        self.press(managed + "reason/", reason=REASON)

    def _takes_the_data(self, managed: str) -> None:
        self.go(managed + "data/")
        self.press(managed + "data/")
        data = self.open(self.read_mail())
        assert ADDRESS in self.client.get(data + "download/").content.decode()
        self._stands_in_the_bar(data + "download/")
        for name in ("forget/", "delete/"):
            self.go(data + name)

    def secrets(self) -> set[str]:
        """Return every token, its two halves, and the value of every cookie."""
        found = {link.split("/")[2] for link in self.links}
        found |= {morsel.value for morsel in self.client.cookies.values()}
        assert len(found) >= 6
        return found | {part for token in found for part in token.split(".") if len(part) > 12}

    def _stands_in_the_bar(self, path: str) -> None:
        """Open it at once as somebody who has only the address, and note what that showed or changed."""
        self.addresses.append(path)
        if path.startswith("/letters/"):
            return
        before = _kept()
        for method in ("get", "post"):
            response = getattr(Client(), method)(path, POSTED)
            shown = response.content.decode()
            if response.status_code not in (403, 405):
                self.leaks.append((path, f"{method}: {response.status_code}"))
            words = (CANARY, ADDRESS, REASON, "kestrel", self.letter.slug, "<form", "<button")
            self.leaks += [(path, f"{method}: {word}") for word in words if word in shown]
        if _kept() != before:
            self.leaks.append((path, "changed something"))


def _kept() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]
