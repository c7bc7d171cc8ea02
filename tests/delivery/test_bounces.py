"""A mail that comes back: the envelope names it, and the report of its server settles it."""

from __future__ import annotations

import logging
import random
from pathlib import Path

import pytest
from pytest_django import Settings

from letters import envelopes
from letters.delivery import bounces, email
from letters.delivery.bounces import Outcome
from letters.enums import MessageState
from letters.models import Message
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).parent / "reports"
FAILED = {"postfix": "5.1.1", "exim": "5.0.0", "exchange": "5.1.10", "international": "5.1.1"}
HARMLESS = ("postfix-delayed", "postfix-expired", "qmail", "away")


@pytest.fixture(autouse=True)
def _bounces_to(settings: Settings) -> None:
    settings.BOUNCES_TO = "bounces@letters.example.org"


@pytest.fixture
def sender(inbox: Inbox) -> str:
    """Who sent the mail that has just left, by its envelope."""
    builders.signed(builders.letter())
    assert email.drain(clock=lambda: NOW) == 1
    return inbox.senders[-1]


def report(name: str, to: str) -> bytes:
    return (REPORTS / f"{name}.eml").read_bytes().replace(b"{to}", to.encode())


def take(raw: bytes, to: str = "") -> Outcome:
    return bounces.take(raw=raw, to=to, at=NOW)


def state() -> tuple[str, str]:
    one = Message.objects.get()
    return one.state, one.error


def test_the_envelope_names_the_mail_and_its_reader_sees_the_site(inbox: Inbox, sender: str) -> None:
    assert sender == envelopes.sender(uid=Message.objects.get().uid)
    assert sender.startswith("bounces+")
    [mail] = inbox.mails
    assert mail["From"].addresses[0].addr_spec == "letters@testserver"
    assert sender not in mail.as_string()


def test_without_such_an_address_the_site_is_the_sender(inbox: Inbox, settings: Settings) -> None:
    settings.BOUNCES_TO = ""
    builders.signed(builders.letter())
    assert email.drain(clock=lambda: NOW) == 1
    assert inbox.senders == ["letters@testserver"]


@pytest.mark.parametrize("name", FAILED)
def test_a_failure_for_good_settles_the_mail(sender: str, name: str) -> None:
    assert take(report(name, sender)) is Outcome.BOUNCED
    assert state() == (MessageState.BOUNCED, FAILED[name])
    assert take(report(name, sender)) is Outcome.NOTHING  # a second copy


@pytest.mark.parametrize("name", HARMLESS)
def test_what_may_go_well_another_time_or_says_nothing_changes_nothing(sender: str, name: str) -> None:
    assert take(report(name, sender)) is Outcome.NOTHING
    assert state() == (MessageState.SENT, "")


@pytest.mark.parametrize("break_line", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_the_address_may_be_given_and_then_counts_alone(sender: str, break_line: bytes) -> None:
    raw = report("postfix", "bounces@letters.example.org").replace(b"\n", break_line)
    assert take(raw) is Outcome.STRANGE
    assert take(report("postfix", sender), to="bounces+x@letters.example.org") is Outcome.STRANGE
    assert take(raw, to=sender.upper()) is Outcome.BOUNCED


def test_a_forged_seal_is_refused(sender: str) -> None:
    name, _, domain = sender.rpartition("@")
    forged = f"{name[:-16]}{'a' * 16}@{domain}"
    assert take(report("postfix", forged)) is Outcome.STRANGE
    assert take(report("postfix", sender), to=forged) is Outcome.STRANGE
    assert state() == (MessageState.SENT, "")


def test_a_mail_that_never_left_cannot_come_back() -> None:
    builders.signed(builders.letter())
    address = envelopes.sender(uid=Message.objects.get().uid)
    assert address
    assert take(report("postfix", address)) is Outcome.NOTHING
    assert state() == (MessageState.QUEUED, "")


def test_no_address_is_kept_or_logged(sender: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in FAILED:
        take(report(name, sender))
    assert "a mail has bounced" in caplog.text
    assert "ben@example.org" not in caplog.text
    assert "bounces+" not in caplog.text
    assert "@" not in Message.objects.get().error


DEEP = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(20_000))
HOSTILE = {
    "nothing": b"", "blank": b"\n\n\n", "zeros": b"\x00" * 1000, "no header": b"\xff\xfe" * 1000,
    "deep": DEEP, "words": b"hello", "mbox": b"From x\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_mail_is_said_to_be_none(sender: str, name: str) -> None:
    assert take(HOSTILE[name], to=sender) in {Outcome.BROKEN, Outcome.NOTHING}
    assert state() == (MessageState.SENT, "")


def test_broken_reports_raise_nothing(sender: str) -> None:
    """Real ones, cut, with bytes changed, lines lost and swapped: as a careless or wicked server sends."""
    chance, outcomes = random.Random(3464), set()
    whole = [report(name, sender) for name in (*FAILED, *HARMLESS)]
    for _ in range(2_000):
        raw = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(1, 12)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        lines = bytes(raw).split(b"\n")
        for _ in range(chance.randrange(4)):
            first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
        outcomes.add(take(b"\n".join(lines)[: chance.randrange(len(raw) * 2)]))
        Message.objects.update(state=MessageState.SENT, error="")
    assert {Outcome.BOUNCED, Outcome.NOTHING, Outcome.STRANGE} <= outcomes
