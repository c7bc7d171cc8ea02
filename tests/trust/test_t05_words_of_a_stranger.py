"""T5: what a stranger may make us write to a third party before that person confirms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from letters import limits
from letters.delivery import email
from letters.models import Message, Signature
from letters.services import pending, signatures
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
HARMLESS = (
    "Ben Okafor",
    '<b>Ben</b> & "Co"',
    "<img src=x onerror=alert(1)>",
    "<a href=//evil>Ben</a>",
    "{{ link }} {% url 'letters:index' %}",
    "Ben &lt;b&gt;",
    "Dr. M.A. de Boer-O’Neill, B.Sc.",
    "N/A van A/B",
)
LINKS = (
    "https://evil.example/x",
    "Visit www.evil.example",
    "evil.com",
    "bit.ly/3xYz",
    "Win at BIT.LY/3xYz now",
    "t.me/evil",
    "evil.co.uk/win",
    "evil.app",
    "evil.click",
    "mail evil@evil.example",
    "mailto:evil@evil.example",
    "javascript://x",
    "evil.example:8080/x",
)


def parts(inbox: Inbox, number: int) -> tuple[str, str]:
    plain, html = (inbox.mails[number].get_body((kind,)) for kind in ("plain", "html"))
    assert plain
    assert html
    return plain.get_content(), html.get_content()


@pytest.mark.parametrize("name", HARMLESS)
def test_unasked_mails_hold_the_name_escaped_and_nothing_else_that_was_typed(inbox: Inbox, name: str) -> None:
    letter = builders.letter()
    typed = {"role": "Buy-now-role", "affiliation": "Cheap-pills-affiliation"}
    one = builders.signed(letter, name=name, **typed)
    email.drain(clock=lambda: NOW)
    pending.remind(at=NOW + limits.REMIND_AFTER)
    email.drain(clock=lambda: NOW + limits.REMIND_AFTER)
    later = NOW + limits.REMIND_AFTER + timedelta(hours=1)
    signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=later)
    builders.signed(letter, name="Mallory-name", at=later, **typed)
    email.drain(clock=lambda: later)
    assert Message.objects.count() == len(inbox.mails) == 3
    for number in range(3):
        plain, html = parts(inbox, number)
        assert (plain.count(name), html.count(escape(name))) == (1, 1)
        assert escape(name) == name or name not in html
        for word in (*typed.values(), "Mallory-name"):
            assert word not in "".join((plain, html, *inbox.mails[number].values()))


@pytest.mark.parametrize("name", LINKS)
def test_a_name_with_a_link_is_refused_by_the_form(client: Client, name: str) -> None:
    builders.letter()
    data = {"name": name, "email": "ben@example.org", "visibility": "public"}
    response = client.post("/letters/night-trains/sign/", data)
    assert (response.status_code, Signature.objects.count()) == (422, 0)
    assert "Remove the link." in response.content.decode()


@pytest.mark.parametrize("name", HARMLESS)
def test_a_name_without_a_link_is_taken(client: Client, name: str) -> None:
    builders.letter()
    data = {"name": name, "email": "ben@example.org", "visibility": "public"}
    assert client.post("/letters/night-trains/sign/", data).status_code == 303
    assert Signature.objects.get().name == name
