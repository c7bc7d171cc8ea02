"""An invitation to sign goes out once, says all that its reader needs, and nothing to anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from letters import addresses, limits
from letters.delivery import email
from letters.enums import MessageKind, MessageState, Visibility
from letters.models import Block, Letter, Mailbox, Message, Organization
from letters.services import blocks, guests, letters
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
NOOR = "noor@example.org"


@pytest.fixture
def letter() -> Letter:
    return builders.letter()


def drain(*, after: timedelta = timedelta(0)) -> int:
    return email.drain(clock=lambda: NOW + after)


def settled() -> str:
    return Message.objects.get(kind=MessageKind.GUEST).state


def test_it_says_who_asks_for_what_with_which_words(inbox: Inbox, letter: Letter) -> None:
    builders.guest(letter, email="Noor@example.org", words="Dear Noor, <b>please</b>.")
    assert drain() == 1
    assert inbox.envelopes == [("Noor@example.org",)]
    mail = inbox.mails[0]
    assert mail["Subject"].strip() == "Night Rail Alliance asks you to sign"
    for kind, words in (("plain", "<b>please</b>"), ("html", "&lt;b&gt;please&lt;/b&gt;")):
        said = mail.get_body((kind,)).get_content()  # type: ignore[union-attr]
        text = letter.texts.get()
        asks = f"Night Rail Alliance asks you to sign the letter “{text.title}”. It is addressed to"
        assert f"{asks} {text.addressees}." in said
        assert f"“Dear Noor, {words}.”" in said
        assert f"http://testserver/letters/{letter.slug}/#sign" in said
        assert "Nobody has signed for you." in said
        assert "no second one comes" in said
        assert "14 days" in said
        assert "noor@" not in said.lower()
    assert drain(after=timedelta(days=1)) == 0


def test_without_words_nobody_is_quoted(inbox: Inbox, letter: Letter) -> None:
    builders.guest(letter)
    drain()
    said = inbox.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "writes:" not in said
    assert "They write:" not in said


def takes_back(letter: Letter) -> None:
    guests.take_back(letter=letter, pk=letter.guests.get().pk, by=None, at=NOW)


def never_again(letter: Letter) -> None:
    key = addresses.site_key(NOOR)
    Mailbox.objects.create(key=key, day=NOW.date(), unanswered=0, never_again_at=NOW)


def over_budget(letter: Letter) -> None:
    key = addresses.site_key(NOOR)
    Mailbox.objects.create(key=key, day=NOW.date(), unanswered=limits.UNANSWERED_MOST)


def blocks_here(letter: Letter) -> None:
    block = Block(letter=letter, key=addresses.site_key(NOOR), reason="…")
    blocks.put(block=block, by=None, at=NOW)


def blocks_domain(letter: Letter) -> None:
    blocks.put(block=Block(domain="example.org", reason="…"), by=None, at=NOW)


def pauses(letter: Letter) -> None:
    letters.pause(letter=letter, by=None, at=NOW)


def withholds(letter: Letter) -> None:
    builders.withheld(letter, 1)


def loses_approval(letter: Letter) -> None:
    Organization.objects.update(approved_at=None)


def signs_privately(letter: Letter) -> None:
    builders.counted(letter, email=NOOR, visibility=Visibility.PRIVATE)
    Message.objects.exclude(kind=MessageKind.GUEST).delete()


@pytest.mark.parametrize(
    "happens",
    [
        takes_back, never_again, over_budget, blocks_here, blocks_domain, pauses, withholds, loses_approval,
        signs_privately,
    ],
)  # fmt: skip
def test_what_is_not_wanted_or_not_possible_does_not_leave(
    inbox: Inbox, letter: Letter, happens: Callable[[Letter], None]
) -> None:
    builders.guest(letter)
    happens(letter)
    assert drain() == 0
    assert settled() == MessageState.SKIPPED
    assert inbox.mails == []


def test_what_is_too_old_does_not_leave(inbox: Inbox, letter: Letter) -> None:
    builders.guest(letter)
    assert drain(after=limits.GUEST_FOR) == 0
    assert settled() == MessageState.SKIPPED


def test_a_form_that_waits_keeps_no_mail_back(inbox: Inbox, letter: Letter) -> None:
    builders.signed(letter, email=NOOR)
    builders.guest(letter)
    drain()
    assert settled() == MessageState.SENT
