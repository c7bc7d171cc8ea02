"""An invitation goes out once, to whom it is for, and says nothing to anybody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from letters import addresses, limits
from letters.delivery import email
from letters.enums import MessageState
from letters.models import Invitation, Mailbox, Message
from letters.services import invitations
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db


def drain(*, after: timedelta = timedelta(0)) -> int:
    return email.drain(clock=lambda: NOW + after)


def test_it_says_who_invites_to_what_and_its_subject_does_not(inbox: Inbox) -> None:
    builders.invited(email="Noor@Example.org")
    stored = Invitation.objects.get()
    assert b"noor" not in bytes(stored.email_sealed or b"").lower()
    assert Message.objects.get().recipient_sealed is None
    assert drain() == 1
    assert inbox.envelopes == [("noor@example.org",)]
    mail = inbox.mails[0]
    assert mail["Subject"].strip() == "You are invited to Undersigned"
    for kind in ("plain", "html"):
        said = mail.get_body((kind,)).get_content()  # type: ignore[union-attr]
        assert (
            "fay@example.org invites you to the team of Night Rail Alliance. Your role there: Editor" in said
        )
        assert re.search(r"http://testserver/accounts/invitation/[\w.-]+", said)
        assert "press@nightrail.example" in said


def test_whoever_shall_run_the_platform_reads_so(inbox: Inbox) -> None:
    by = builders.organizer()
    invitations.invite(organization=None, role=None, email="eve@example.org", by=by, at=NOW)
    assert drain() == 1
    said = inbox.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "ada@nightrail.example invites you to run this site" in said
    assert "letters@testserver" in said


@pytest.mark.parametrize("how", ["taken back", "too old", "never again", "over budget"])
def test_what_is_not_wanted_does_not_leave(inbox: Inbox, how: str) -> None:
    one = builders.invited()
    box = Mailbox(key=addresses.site_key("noor@example.org"), day=NOW.date(), unanswered=0)
    if how == "taken back":
        invitations.revoke(organization=one.organization, pk=one.pk, by=None, at=NOW)
    if how == "never again":
        box.never_again_at = NOW
        box.save()
    if how == "over budget":
        box.unanswered = limits.UNANSWERED_MOST
        box.save()
    assert drain(after=limits.INVITED_FOR if how == "too old" else timedelta(0)) == 0
    assert Message.objects.get().state == MessageState.SKIPPED
    assert inbox.mails == []
