"""`manage.py take_bounce`, as a mail server calls it."""

from __future__ import annotations

import os
import sys
from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import call_command
from django.db import OperationalError
from pytest_django import Settings

from letters import envelopes
from letters.enums import MessageState
from letters.models import Message
from letters.services import outbox
from tests import builders
from tests.builders import NOW
from tests.delivery.test_bounces import report

pytestmark = pytest.mark.django_db


def piped(monkeypatch: pytest.MonkeyPatch, raw: bytes, *words: str) -> int:
    """Return the code that the command exits with."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(raw)))
    try:
        call_command("take_bounce", *words)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture
def sender(settings: Settings) -> str:
    """The envelope's sender of a mail that has left."""
    settings.BOUNCES_TO = "bounces@letters.example.org"
    builders.signed(builders.letter())
    message = Message.objects.get()
    outbox.settle(message=message, state=MessageState.SENT, at=NOW)
    return str(envelopes.sender(uid=message.uid))


@pytest.mark.parametrize("given", [True, False])
def test_a_report_on_standard_input_settles_the_mail(
    monkeypatch: pytest.MonkeyPatch, sender: str, given: bool
) -> None:
    words = ["--to", sender] if given else []
    assert piped(monkeypatch, report("postfix", "x@y" if given else sender), *words) == 0
    assert Message.objects.get().state == MessageState.BOUNCED


def test_a_big_report_is_read_as_far_as_it_matters(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    assert piped(monkeypatch, report("postfix", sender) + b"x" * 5_000_000) == 0
    assert Message.objects.get().state == MessageState.BOUNCED


def test_strangers_get_no_error_and_what_is_no_mail_does(
    monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    assert piped(monkeypatch, report("postfix", "bounces@letters.example.org")) == os.EX_OK
    assert piped(monkeypatch, b"") == os.EX_DATAERR
    assert Message.objects.get().state == MessageState.SENT


def test_without_database_the_server_is_asked_to_try_again(
    monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    def away(**_: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(outbox, "bounce", away)
    assert piped(monkeypatch, report("postfix", sender)) == os.EX_TEMPFAIL
