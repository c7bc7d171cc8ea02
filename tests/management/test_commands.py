"""What an operator types, without Redis and without Celery."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from letters.models import Tally
from letters.services import pending
from tests import builders
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db


def say(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_drain_sends_and_counts_without_a_broker(inbox: Inbox, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere.sock"
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 1, 0
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    builders.confirmed(letter, at=timezone.now() - timedelta(minutes=1))
    builders.signed(letter, at=timezone.now() - timedelta(minutes=1), email="cleo@example.org")
    assert say("drain") == "3 mails sent, 1 signatures counted or changed"
    assert Tally.objects.get().count == 1
    assert sorted(str(mail["To"]) for mail in inbox.mails) == [
        "ben@example.org", "ben@example.org", "cleo@example.org",
    ]  # fmt: skip
    assert say("drain") == "0 mails sent, 0 signatures counted or changed"


def test_reopen_mailbox_undoes_a_wish_and_says_when_there_is_none() -> None:
    one = builders.signed(builders.letter())
    pending.disown(uid=one.uid, never_again=True, at=builders.NOW)
    assert say("reopen_mailbox", "Ben+x@example.org") == "mails leave for this address again"
    with pytest.raises(CommandError, match="Nobody asked"):
        say("reopen_mailbox", "ben@example.org")
