"""T7: tokens leak nowhere. A whole journey, then a search of all that is kept and written."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from letters import tokens
from letters.delivery import email
from letters.models import Signature
from letters.tokens import Purpose
from tests import builders
from tests.smtp import Inbox
from tests.trust.journey import ADDRESS, CANARY, Journey
from tests.trust.places import LOGGERS, dump, kept_in_valkey, written

pytestmark = pytest.mark.django_db(transaction=True)
SEARCH_WORKS = "the search works"
PAGES = {
    "", "confirm/", "not-me/", "thanks/", "change/", "news/", "reason/", "withdraw/",
    "data/", "data/?sent=1", "data/download/", "data/forget/", "data/delete/",
}  # fmt: skip
"""Every page of a signature that is looked at; what is only posted to is tried elsewhere."""


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


def test_no_address_of_the_journey_opens_or_changes_anything_for_somebody_else(journey: Journey) -> None:
    """Each was tried when it stood in the bar: by GET and by POST, without a cookie."""
    assert journey.leaks == []
    own = {
        path.rpartition("/my-signature/")[2][37:]
        for path in journey.addresses
        if path.startswith("/my-signature/")
    }
    assert own == PAGES
    # The page that says "check your email" is for an hour; it names nobody and opens by the code only.
    check_email = journey.addresses[0]
    assert check_email.startswith("/letters/night-trains/check-email/?h=")
    response = Client().get(check_email)
    shown = response.content.decode()
    assert "ca…\u2060@example.org" in shown
    assert not any(word in shown for word in (CANARY, ADDRESS, "kestrel", "my-signature", "/s/"))
    assert not response.cookies


def test_who_is_elsewhere_cannot_have_a_letters_link_sent_to_themselves(journey: Journey) -> None:
    [lost] = [path for path in journey.addresses if path.startswith("/letters/night-trains/my-signature/")]
    answer = Client().post(lost, {"email": "mallory@example.org"})
    assert answer["Location"] == lost
    assert email.drain(clock=timezone.now) == 0
    assert not any(word in Client().get(lost).content.decode() for word in (CANARY, ADDRESS, "kestrel"))


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
