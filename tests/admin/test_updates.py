"""Updates at the desk: a draft, a look with the number of those it reaches, then sent and followed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import MailingState, MessageState, Role
from letters.models import Letter, Mailing, Message, Update
from letters.services import mailings, outbox, updates
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
WORDS = {"language": "en", "title": "We met <them>", "body": "It went *well*."}


@pytest.fixture
def letter() -> Letter:
    letter = builders.letter()
    for name in ("ben", "cleo"):
        builders.counted(letter, email=f"{name}@example.org", updates=True)
    return letter


@pytest.fixture
def sender(client: Client, letter: Letter) -> Client:
    client.force_login(builders.member(letter.organization, Role.SENDER, "sender@example.org"))
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"admin:letters_{name}", args=args)


def read(client: Client, name: str, *args: object) -> str:
    return client.get(page(name, *args)).content.decode()


def drafted(sender: Client, letter: Letter) -> Update:
    answer = sender.post(page("update_add"), {"letter": letter.pk, **WORDS})
    update = Update.objects.get()
    assert answer["Location"] == page("update_change", update.pk)
    return update


def test_a_draft_is_looked_at_with_whom_it_reaches_and_then_sent(sender: Client, letter: Letter) -> None:
    update = drafted(sender, letter)
    assert page("update_send", update.pk) in read(sender, "update_change", update.pk)
    shown = read(sender, "update_send", update.pk)
    assert "2 people who signed asked for news" in shown
    assert "<h3>We met &lt;them&gt;</h3><p>It went <em>well</em>.</p>" in shown
    assert not Mailing.objects.exists()
    sender.post(page("update_send", update.pk), {"seen": update.seen_digest()})
    mailing = Mailing.objects.get()
    assert (mailing.update, Update.objects.get().number) == (update, 1)
    told = read(sender, "update_change", update.pk)
    assert page("mailing_change", mailing.pk) in told
    assert 'name="title"' not in told
    assert page("update_send", update.pk) not in told


def test_an_update_that_nobody_asked_for_is_said_to_reach_nobody(sender: Client, letter: Letter) -> None:
    letter.signatures.update(updates=False)
    assert "no mail leaves" in read(sender, "update_send", drafted(sender, letter).pk)


def test_what_somebody_else_changed_meanwhile_is_looked_at_again(sender: Client, letter: Letter) -> None:
    update = drafted(sender, letter)
    seen = update.seen_digest()
    sender.post(page("update_change", update.pk), {"letter": letter.pk, **WORDS, "body": "Badly."})
    answer = sender.post(page("update_send", update.pk), {"seen": seen}, follow=True)
    assert "was changed since you opened this page" in answer.content.decode()
    assert not Mailing.objects.exists()


def test_a_form_without_words_says_what_is_missing(sender: Client, letter: Letter) -> None:
    answer = sender.post(page("update_add"), {"letter": letter.pk, "language": "en"})
    assert answer.content.decode().count("This field is required.") == 2


def test_only_letters_that_readers_know_can_be_told_of(sender: Client, letter: Letter) -> None:
    builders.draft("not-yet")
    shown = read(sender, "update_add")
    assert ">night-trains</option>" in shown
    assert "not-yet" not in shown


def test_mails_are_followed_and_stopped(sender: Client, letter: Letter) -> None:
    mailing = builders.update(letter, at=timezone.now()).mailing
    mailings.advance(mailing_id=mailing.pk, at=timezone.now())
    message = Message.objects.filter(mailing=mailing)[0]
    outbox.settle(message=message, state=MessageState.SENT, at=NOW)
    shown = read(sender, "mailing_change", mailing.pk)
    assert "Queued: 1, Sent: 1" in shown
    assert "All others are not sent" in read(sender, "mailing_stop", mailing.pk)
    sender.post(page("mailing_stop", mailing.pk))
    mailing.refresh_from_db()
    assert mailing.state == MailingState.STOPPED
    assert page("mailing_stop", mailing.pk) not in read(sender, "mailing_change", mailing.pk)


def test_whoever_writes_letters_does_not_write_to_signatories(client: Client, letter: Letter) -> None:
    client.force_login(builders.member(letter.organization, Role.EDITOR, "editor@example.org"))
    update = updates.write(update=Update(letter=letter, **WORDS), by=None, at=NOW)
    for name in ("update_change", "update_send"):
        assert client.get(page(name, update.pk)).status_code in (302, 403, 404)
    client.post(page("update_send", update.pk), {"seen": update.seen_digest()})
    assert not Mailing.objects.exists()
