"""Whoever reported a name and left an address gets the answer there, once, in their language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from letters import addresses, limits
from letters.delivery import email
from letters.enums import MessageState
from letters.models import Block, Mailbox, Message, Report
from letters.services import blocks, letters, reports
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
REA = "rea@example.org"
NOTE = "We asked her: she signed, & by herself."
SPAM = {"name": "Win at bit.ly/3xYz", "words": "Cheap-pills, https://evil.example"}


def settled(*, note: str = NOTE, **fields: str) -> Report:
    letter = letters.Letter.objects.first() or builders.letter()
    return reports.settle(pk=builders.reported(letter, **fields).pk, note=note, by=None, at=NOW)


def drain() -> int:
    return email.drain(clock=lambda: NOW)


def parts(inbox: Inbox, number: int = -1) -> tuple[str, str]:
    bodies = [inbox.mails[number].get_body((kind,)) for kind in ("plain", "html")]
    return bodies[0].get_content(), bodies[1].get_content()  # type: ignore[union-attr]


def test_the_note_is_mailed_to_whoever_reported_and_the_address_is_wiped(inbox: Inbox) -> None:
    one = settled()
    message = Message.objects.get()
    assert (message.kind, message.subject) == ("answer", one.uid)
    assert b"rea" not in bytes(message.recipient_sealed or b"")
    assert drain() == 1
    assert inbox.envelopes == [(REA,)]
    assert inbox.mails[0]["Subject"].strip() == "The answer to your report of a name"
    plain, html = parts(inbox)
    for part, note in ((plain, NOTE), (html, escape(NOTE))):
        assert note in part
        assert "“Keep the night trains running” of Night Rail Alliance" in part
        assert "It is my name and I did not sign" in part
        assert "14\xa0March\xa02026" in part
        assert "http://testserver/letters/night-trains/" in part
        assert "/s/" not in part
    message.refresh_from_db()
    assert (message.state, message.recipient_sealed) == (MessageState.SENT, None)


def test_nothing_that_a_stranger_typed_is_in_the_mail(inbox: Inbox) -> None:
    settled(**SPAM)
    drain()
    said = "".join((*parts(inbox), *map(str, inbox.mails[0].values())))
    for word in ("bit.ly", "Cheap-pills", "evil.example"):
        assert word not in said


def test_who_wants_no_answer_gets_none() -> None:
    settled(email="")
    assert not Message.objects.exists()


def test_a_note_is_one_line_that_can_be_shown(inbox: Inbox) -> None:
    one = settled(note=" It is\r\nshe.\x00 \u202e<b>Bcc: x@example.org</b> ")
    assert one.note == "It is she. <b>Bcc: x@example.org</b>"
    drain()
    plain, html = parts(inbox)
    assert one.note in plain
    assert escape(one.note) in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("prefix", "language", "title", "address"),
    [
        ("", "en", "Keep", "/letters"),
        ("/fr", "fr", "Gardez", "/fr/letters"),
        ("/de", "de", "Keep", "/letters"),
    ],
)
def test_the_answer_is_in_the_language_of_the_page(
    inbox: Inbox, client: Client, prefix: str, language: str, title: str, address: str
) -> None:
    draft = builders.draft()
    builders.translation(draft, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(draft), by=None, at=NOW)
    said = {"name": "Ben", "reason": "nobody", "email": REA}
    assert client.post(f"{prefix}/letters/night-trains/report/", said).status_code == 303
    one = Report.objects.get()
    assert one.language == language
    reports.settle(pk=one.pk, note=NOTE, by=None, at=NOW)
    drain()
    plain, html = parts(inbox)
    assert f"“{title}" in plain or f"{title} les trains" in plain
    assert f'href="http://testserver{address}/night-trains/"' in html


def stop(how: str) -> None:
    mailbox = Mailbox(key=addresses.site_key(REA), day=NOW.date(), unanswered=0)
    if how == "never again":
        mailbox.never_again_at = NOW
        mailbox.save()
    elif how == "blocked":
        blocks.put(block=Block(domain="example.org", reason="Spam"), by=None, at=NOW)
    elif how == "over budget":
        mailbox.unanswered = limits.UNANSWERED_MOST
        mailbox.save()
    else:
        reports.forget(at=NOW + limits.REPORT_KEPT + timedelta(days=1))


@pytest.mark.parametrize("how", ["never again", "blocked", "over budget", "report deleted"])
def test_an_address_that_somebody_typed_is_spared_as_any_other(inbox: Inbox, how: str) -> None:
    settled()
    stop(how)
    assert drain() == 0
    assert Message.objects.get().state == MessageState.SKIPPED
    assert inbox.mails == []


def test_answers_take_the_slots_of_the_day(inbox: Inbox) -> None:
    for number in range(limits.UNANSWERED_MOST + 2):
        settled(name=f"Ben {number}")
    assert drain() == limits.UNANSWERED_MOST
    assert len(inbox.mails) == limits.UNANSWERED_MOST
