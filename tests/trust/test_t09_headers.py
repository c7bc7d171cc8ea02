"""T9: mail header injection. 200 payloads in each text: one recipient and the expected headers."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.delivery import email
from letters.enums import MessageState
from letters.models import Letter, Message, Organization, Report, Signature
from letters.services import ledger, letters, organizations, reports, signatures
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox
from tests.trust import payloads

pytestmark = pytest.mark.django_db(transaction=True)
HEADERS = [
    "Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To",
]  # fmt: skip
PAYLOADS = payloads.ALL


def is_plain(mail: EmailMessage, envelope: tuple[str, ...]) -> bool:
    """Whether a mail has the headers that we write, each once, and one recipient."""
    [to] = mail["To"].addresses
    [sender] = mail["From"].addresses
    lines = "".join(str(value) for value in mail.values())
    return (
        sorted(mail.keys()) == HEADERS
        and envelope == (to.addr_spec,)
        and sender.addr_spec == "letters@testserver"
        and not mail.defects
        and "evil" not in to.addr_spec
        and not any(end in lines for end in "\r\n\x00\x0b\x0c\x85\u2028\u2029")
    )


def assert_all_plain(inbox: Inbox) -> None:
    assert len(inbox.mails) == len(inbox.envelopes)
    pairs = zip(inbox.mails, inbox.envelopes, strict=True)
    odd = [
        [*map(str, mail.items()), mail.defects, envelope]
        for mail, envelope in pairs
        if not is_plain(mail, envelope)
    ]
    assert odd == []


def test_there_are_200_payloads() -> None:
    assert len(PAYLOADS) == 200


@pytest.mark.parametrize("field", ["name", "role", "affiliation"])
def test_what_a_signatory_types_reaches_no_header(inbox: Inbox, client: Client, field: str) -> None:
    letter = builders.letter()
    answers = {"name": "Ben Okafor", "role": "Nurse", "affiliation": "", "visibility": "public"}
    statuses = [
        client.post(f"/letters/{letter.slug}/sign/", {**answers, "email": f"ben{n}@example.org", field: text})
        for n, text in enumerate(PAYLOADS)
    ]
    taken = Signature.objects.count()
    assert {response.status_code for response in statuses} == {303, 422}
    assert [response.status_code for response in statuses].count(303) == taken > 20
    assert email.drain(clock=timezone.now) == taken
    for one in Signature.objects.all():
        signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=timezone.now())
    ledger.seal(letter_id=letter.pk, at=timezone.now())
    assert email.drain(clock=lambda: timezone.now() + limits.SIGNED_MAIL_AFTER) == taken
    assert len(inbox.mails) == 2 * taken
    assert_all_plain(inbox)
    assert {mail["Subject"].strip().split(" ")[0] for mail in inbox.mails} == {"Confirm", "You"}


@pytest.mark.parametrize(
    "shape", ["{}", "{}@example.org", "ben@example.org{}", "ben{}@example.org", "ben@{}.example"]
)
def test_an_address_is_one_recipient_or_none(inbox: Inbox, client: Client, shape: str) -> None:
    letter = builders.letter()
    answers = {"name": "Ben Okafor", "visibility": "public"}
    for text in PAYLOADS:
        response = client.post(f"/letters/{letter.slug}/sign/", {**answers, "email": shape.format(text)})
        assert response.status_code in (303, 422)
    typed = {one.address for one in Signature.objects.all()}
    waiting = Message.objects.count()
    assert email.drain(clock=timezone.now) == waiting
    assert_all_plain(inbox)
    # Mail goes to the address as typed; only the spelling of a domain may be another.
    assert {mail["To"].addresses[0].username for mail in inbox.mails} <= {
        str(one).rpartition("@")[0] for one in typed
    }


@pytest.mark.parametrize(
    "address", ["=?x?q?a=0d=0aBcc:?=@example.org", "ben\r\nBcc:x@example.org", "ben@" + "x" * 64]
)
def test_an_address_that_cannot_be_written_stops_no_other_mail(inbox: Inbox, address: str) -> None:
    """No form takes it; whatever road it came by, it must not stay at the head of the queue."""
    letter = builders.letter()
    for one in ("ada@example.org", address, "cleo@example.org"):
        builders.signed(letter, email=one)
    assert email.drain(clock=lambda: NOW) == 2
    assert sorted(str(mail["To"]) for mail in inbox.mails) == ["ada@example.org", "cleo@example.org"]
    states = list(Message.objects.order_by("id").values_list("state", flat=True))
    assert states == [MessageState.SENT, MessageState.BOUNCED, MessageState.SENT]


def letter_with(number: int, title: str) -> Letter:
    letter = builders.draft(f"letter-{number}")
    text = letter.texts.get()
    text.title = title
    letters.write(text=text, by=None, at=NOW)
    return letters.publish(letter=builders.ready(letter), by=None, at=NOW)


def test_a_title_stays_in_its_line_whatever_it_holds(inbox: Inbox) -> None:
    builders.organization()
    written = 0
    for number, title in enumerate(PAYLOADS):
        try:
            letter = letter_with(number, title)
        except (letters.NotReady, ValidationError, DatabaseError, ValueError):
            continue  # too long, empty, or a NUL: it is not published
        builders.counted(letter)
        written += 1
    assert written > 100
    assert email.drain(clock=lambda: NOW + limits.SIGNED_MAIL_AFTER) >= written
    assert_all_plain(inbox)
    assert all(mail["Subject"].count('"') >= 2 for mail in inbox.mails)


def test_what_an_organization_says_of_itself_reaches_no_header(inbox: Inbox) -> None:
    written = 0
    for number, text in enumerate(PAYLOADS):
        home = Organization(slug=f"home-{number}", name=text, legal_name=text, contact=text)
        try:
            organizations.create(organization=home, by=None, at=NOW)
            letter = builders.letter(f"letter-{number}", organization=home)
        except (letters.NotReady, ValidationError, DatabaseError, ValueError):
            continue
        builders.signed(letter, email=f"ben{number}@example.org")
        written += 1
    assert written > 100
    assert email.drain(clock=lambda: NOW) == written
    assert_all_plain(inbox)
    assert {str(mail["Subject"]).strip() for mail in inbox.mails} == {
        'Confirm your signature: "Keep the night trains running"'
    }


@pytest.mark.parametrize("field", ["name", "words"])
def test_what_a_report_or_its_answer_says_reaches_no_header(
    inbox: Inbox, client: Client, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    monkeypatch.setattr(limits, "REPORTS_MOST", 1_000)
    letter = builders.letter()
    said = {"name": "Ben Okafor", "reason": "nobody"}
    for number, text in enumerate(PAYLOADS):
        form = {**said, "email": f"rea{number}@example.org", field: text}
        client.post(f"/letters/{letter.slug}/report/", form)
    answered = 0
    for one, text in zip(Report.objects.order_by("pk"), PAYLOADS, strict=False):
        try:
            reports.settle(pk=one.pk, note=text, by=None, at=NOW)
        except (reports.NoNote, DatabaseError):
            continue  # nothing of it can be shown, or it is too long: the form says so
        answered += 1
    assert answered > 100
    assert email.drain(clock=lambda: NOW) == answered
    assert_all_plain(inbox)
    assert {str(mail["Subject"]).strip() for mail in inbox.mails} == {"The answer to your report of a name"}
