"""T7: tokens leak nowhere. A whole journey, then a search of all that is kept and written."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from letters import limits, tokens
from letters.delivery import email
from letters.models import Letter, Signature
from letters.services import ledger
from letters.tokens import Purpose
from tests import builders
from tests.smtp import Inbox
from tests.trust.places import LOGGERS, dump, kept_in_valkey, written

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "Wilhelmina Canary-Kestrel"
ADDRESS = "canary.kestrel@example.org"
SEARCH_WORKS = "the search works"
CODE = re.compile(r"\b(\d{6})\b")


class Journey:
    """One person from the form to the withdrawal, and every secret that passed by."""

    def __init__(self, inbox: Inbox, letter: Letter) -> None:
        self.inbox, self.letter, self.client = inbox, letter, Client()
        self.addresses: list[str] = []
        self.pages: list[str] = []
        self.links: list[str] = []
        self.codes: list[str] = []

    def open(self, path: str) -> str:
        """Get a path, follow it to its page, and note every address but the mailed one."""
        response = self.client.get(path)
        while response.status_code == 303:
            path = response["Location"]
            self.addresses.append(path)
            response = self.client.get(path)
        assert response.status_code == 200
        self.pages.append(response.content.decode())
        return path

    def press(self, path: str, **data: str) -> str:
        """Post a form and open where it leads."""
        response = self.client.post(path, data)
        assert response.status_code == 303
        self.addresses.append(response["Location"])
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
        """Sign, mail, link, confirm, thanks, receipt, manage, withdraw, farewell."""
        sign = f"/letters/{self.letter.slug}/sign/"
        self.press(sign, name=CANARY, email=ADDRESS, visibility="private")
        page = self.open(self.read_mail())
        self.press(page, seen=Signature.objects.get().seen_digest())
        assert ledger.seal(letter_id=self.letter.pk, at=timezone.now()) == 1
        managed = self.open(self.read_mail())
        self.open(managed + "withdraw/")
        self.addresses.append(managed + "withdraw/")
        self.press(managed + "withdraw/")
        assert email.drain(clock=timezone.now) == 1
        farewell = self.inbox.mails[-1].get_body(("plain",))
        assert farewell
        assert "/s/" not in farewell.get_content()

    def secrets(self) -> set[str]:
        """Return every token, its two halves, and the value of every cookie."""
        found = {link.split("/")[2] for link in self.links}
        found |= {morsel.value for morsel in self.client.cookies.values()}
        assert len(found) >= 4
        return found | {part for token in found for part in token.split(".") if len(part) > 12}


@pytest.fixture
def journey(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> Journey:
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, logger=name)
    cache.clear()
    one = Journey(inbox, builders.letter(at=timezone.now() - timedelta(days=1)))
    one.run()
    return one


def test_after_a_whole_journey_no_secret_is_kept_or_logged(
    journey: Journey, caplog: pytest.LogCaptureFixture
) -> None:
    cache.set("to-be-found", SEARCH_WORKS)
    logging.getLogger("letters").debug(SEARCH_WORKS)
    places = {"database": dump().decode(), "valkey": kept_in_valkey(), "logs": written(caplog)}
    places["pages"] = "\n".join(journey.pages)
    assert str(Signature.objects.get().uid) in places["database"]
    assert SEARCH_WORKS in places["valkey"]
    assert SEARCH_WORKS in places["logs"]
    csrf = journey.client.cookies["csrftoken"].value
    found = [
        (where, secret) for where, text in places.items() for secret in journey.secrets() if secret in text
    ]
    assert [(where, secret) for where, secret in found if secret != csrf or where != "pages"] == []
    [code] = journey.codes
    for text in places.values():
        # Not inside hexadecimal, and no part of a second.
        assert not re.search(rf"(?<![\w.]){code}(?!\w)", text)
    for where in ("database", "valkey", "logs"):
        assert ADDRESS not in places[where]
    for where in ("valkey", "logs"):
        assert CANARY not in places[where]


def test_no_address_of_the_journey_opens_anything_for_somebody_else(journey: Journey) -> None:
    [check_email, *mine] = dict.fromkeys(journey.addresses)
    assert check_email.startswith("/letters/night-trains/check-email/?h=")
    assert len(mine) == 4
    for path in mine:
        response = Client().get(path)
        shown = response.content.decode()
        assert response.status_code == 403
        assert "<form" not in shown
        assert "<button" not in shown
        for word in (CANARY, ADDRESS, "kestrel", journey.letter.slug):
            assert word not in shown
        assert Client().post(path).status_code in (403, 405)
    # The page that says "check your email" is for an hour; it names nobody and opens by the code only.
    response = Client().get(check_email)
    shown = response.content.decode()
    assert "ca…\u2060@example.org" in shown
    assert not any(word in shown for word in (CANARY, ADDRESS, "kestrel", "my-signature", "/s/"))
    assert not response.cookies


@pytest.mark.parametrize("status", [405, 403, 410, 404])
def test_a_mailed_link_that_fails_leaves_no_token_in_the_logs(
    caplog: pytest.LogCaptureFixture, status: int
) -> None:
    """Django logs the path of every answer from 400 on: a scanner that posts must not put a token there."""
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, logger=name)
    one = builders.signed(builders.letter(), at=timezone.now())
    token = tokens.make(Purpose.MANAGE, uid=one.uid, at=timezone.now())
    if status == 410:
        one.delete()
    path = f"/s/{token[:-1] if status == 404 else token}/"
    client = Client(enforce_csrf_checks=status == 403)
    response = client.post(path) if status in (403, 405) else client.get(path)
    assert response.status_code == status
    text = written(caplog)
    assert "/s/" in text
    assert not any(part in text for part in token[:-1].split("."))
