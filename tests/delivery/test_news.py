"""Mails to many as they leave: what each says, and to whom it does not go any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from pytest_django import Settings

from letters import addresses, limits
from letters.delivery import email
from letters.enums import MessageState, RemovalReason, TextKind
from letters.models import Block, Letter, Mailbox, Mailing, Message, Organization, Signature
from letters.queries import mailings as running
from letters.queries import mails
from letters.services import blocks, erasures, ledger, letters, mailings, news, removals, renewals, signatures
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
BEN = "ben@example.org"
FINAL = NOW + limits.CONFIRM_GRACE + limits.SEALED_WITHIN


@pytest.fixture
def ben(inbox: Inbox) -> Signature:
    """He asked for news and has read the mails so far."""
    one = builders.counted(builders.letter(), updates=True)
    email.drain(clock=lambda: NOW + limits.SIGNED_MAIL_AFTER)
    inbox.mails.clear()
    return one


def queue(*, at: object = NOW) -> None:
    for pk in running.due(at=at):  # type: ignore[arg-type]
        mailings.advance(mailing_id=pk, at=at)  # type: ignore[arg-type]


def parts(inbox: Inbox) -> tuple[str, str]:
    bodies = [inbox.mails[-1].get_body((kind,)) for kind in ("plain", "html")]
    return bodies[0].get_content(), bodies[1].get_content()  # type: ignore[union-attr]


def test_an_update_says_what_was_told_and_how_to_get_no_more(inbox: Inbox, ben: Signature) -> None:
    builders.update(ben.letter)
    queue()
    assert email.drain(clock=lambda: NOW) == 1
    [mail] = inbox.mails
    assert (mail["To"], mail["Subject"].strip()) == (
        BEN,
        '"Keep the night trains running": The ministers have replied',
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(mail["List-Unsubscribe"]).strip(" <>")
    assert link.startswith("http://testserver/s/")
    assert link.endswith("/unsubscribe/")
    plain, html = parts(inbox)
    assert "They will *meet us* in May." in plain
    assert "They will <em>meet us</em> in May." in html
    for part in (plain, html):
        assert "http://testserver/letters/night-trains/updates/" in part
        assert link in part
        assert inbox.link() in part


def test_an_update_keeps_its_own_language_in_a_mail_of_the_signers(inbox: Inbox, ben: Signature) -> None:
    Signature.objects.update(language="ar")
    builders.update(ben.letter, language="de", title="Neues", body="Wir waren dort.")
    queue()
    email.drain(clock=lambda: NOW)
    html = parts(inbox)[1]
    assert '<html lang="ar" dir="rtl">' in html
    assert '<div lang="de" dir="ltr">' in html


def test_the_end_is_told_with_its_number(inbox: Inbox, ben: Signature) -> None:
    builders.counted(ben.letter, email="cleo@example.org", at=NOW + timedelta(seconds=1))
    email.drain(clock=lambda: NOW + timedelta(minutes=1))
    letters.close(letter=ben.letter, by=None, at=NOW + timedelta(hours=1))
    ledger.seal(letter_id=ben.letter_id, at=NOW + timedelta(hours=1))
    queue(at=FINAL + timedelta(hours=1))
    assert email.drain(clock=lambda: FINAL + timedelta(hours=1)) == 1
    mail = inbox.mails[-1]
    assert mail["Subject"].strip() == '"Keep the night trains running" has closed with 2 signatures'
    assert "List-Unsubscribe" in mail
    plain = parts(inbox)[0]
    assert "closed on 14\xa0March\xa02026. It has 2 signatures as of 14\xa0March\xa02026" in plain


def test_an_amendment_says_what_changed_and_why_and_how_to_withdraw(inbox: Inbox, ben: Signature) -> None:
    news.stop(uid=ben.uid, at=NOW)
    builders.changed(ben.letter, kind=TextKind.AMENDMENT, reason="Trains leave at night.")
    queue()
    assert email.drain(clock=lambda: NOW) == 1
    mail = inbox.mails[-1]
    assert mail["Subject"].strip() == 'The text of "Keep the night trains running" was amended'
    assert "List-Unsubscribe" not in mail
    plain, html = parts(inbox)
    assert "Before: Every evening people board a train and wake up elsewhere." in plain
    assert "Now: Every evening people board the train and wake up elsewhere." in plain
    assert ">Every evening people board the train and wake up elsewhere.</ins>" in html
    for part in (plain, html):
        assert "Trains leave at night." in part
        assert "http://testserver/letters/night-trains/versions/" in part
        assert inbox.link() in part
        assert "With respect" not in part
        assert "?new-text" not in part


def test_an_amendment_that_asks_has_a_link_to_sign_the_new_text(inbox: Inbox, ben: Signature) -> None:
    builders.changed(ben.letter, title="Keep all night trains", asks_again=True)
    queue()
    email.drain(clock=lambda: NOW)
    for part in parts(inbox):
        assert "asks whether you sign the new text, too" in part
        assert inbox.link().endswith("/?new-text")


def test_whoever_signed_the_new_text_meanwhile_gets_no_mail_about_it(inbox: Inbox, ben: Signature) -> None:
    text = builders.changed(ben.letter, title="Keep all night trains", asks_again=True)
    queue()
    renewals.renew(uid=ben.uid, seen=text.h, at=NOW)
    assert email.drain(clock=lambda: NOW) == 0


def test_a_change_that_would_fill_a_mail_is_read_on_its_page(inbox: Inbox, ben: Signature) -> None:
    builders.changed(ben.letter, kind=TextKind.AMENDMENT, body="Other words. " * limits.AMENDED_SHOWN)
    queue()
    email.drain(clock=lambda: NOW)
    plain = parts(inbox)[0]
    assert "Other words" not in plain
    assert "/versions/" in plain


@pytest.mark.parametrize("kind", ["update", "amended", "closed"])
def test_a_discreet_letter_is_named_in_no_subject(inbox: Inbox, ben: Signature, kind: str) -> None:
    Letter.objects.update(discreet=True)
    at = NOW
    if kind == "update":
        builders.update(ben.letter)
    elif kind == "amended":
        builders.changed(ben.letter, kind=TextKind.AMENDMENT)
    else:
        letters.close(letter=ben.letter, by=None, at=NOW)
        ledger.seal(letter_id=ben.letter_id, at=NOW)
        at = FINAL
    queue(at=at)
    email.drain(clock=lambda: at)
    subject = inbox.mails[-1]["Subject"]
    assert "letter that you signed" in subject
    assert "night" not in subject


REASONS: dict[str, Callable[[Signature], object]] = {
    "unsubscribed": lambda one: news.stop(uid=one.uid, at=NOW),
    "withdrawn": lambda one: signatures.withdraw(uid=one.uid, at=NOW),
    "removed": lambda one: removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=NOW),
    "forgotten": lambda one: erasures.erase(uid=one.uid, at=NOW),
    "deleted": lambda one: erasures.delete(uid=one.uid, at=NOW),
    "never again": lambda one: Mailbox.objects.filter(key=addresses.site_key(BEN)).update(never_again_at=NOW),
    "blocked": lambda one: blocks.put(block=Block(domain="example.org", reason="Spam"), by=None, at=NOW),
    "unapproved": lambda one: Organization.objects.update(approved_at=None),
    "letter withdrawn": lambda one: letters.withdraw(letter=one.letter, reason="No.", by=None, at=NOW),
    "stopped": lambda one: mailings.stop(mailing_id=Mailing.objects.get().pk, by=None, at=NOW),
}


@pytest.mark.parametrize("reason", REASONS)
def test_who_is_told_is_decided_again_when_the_mail_is_written(
    inbox: Inbox, ben: Signature, reason: str
) -> None:
    builders.update(ben.letter)
    queue()
    REASONS[reason](ben)
    email.drain(clock=lambda: NOW + timedelta(minutes=1))
    assert [one for one in inbox.mails if "ministers" in one["Subject"]] == []
    assert Message.objects.get(kind="update").state == MessageState.SKIPPED


def test_what_organizers_write_reaches_nobody_who_did_not_ask(inbox: Inbox, ben: Signature) -> None:
    builders.counted(ben.letter, email="cleo@example.org", at=NOW + timedelta(seconds=1))
    waiting = builders.signed(ben.letter, email="dov@example.org", updates=True)
    builders.update(ben.letter)
    queue()
    news.ask(uid=builders.counted(ben.letter, email="eve@example.org", at=NOW).uid, at=NOW)
    email.drain(clock=lambda: NOW + timedelta(minutes=1))
    assert [one["To"] for one in inbox.mails if "ministers" in one["Subject"]] == [BEN]
    assert waiting.updates


def test_without_a_broker_all_of_it_is_queued_and_sent(
    inbox: Inbox, ben: Signature, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAILED_AT_ONCE", 1)
    builders.counted(ben.letter, email="cleo@example.org", updates=True, at=NOW + timedelta(seconds=1))
    builders.update(ben.letter)
    call_command("drain")
    assert sorted(one["To"] for one in inbox.mails if "ministers" in one["Subject"]) == [
        BEN,
        "cleo@example.org",
    ]


def test_a_mail_that_was_claimed_before_the_stop_does_not_leave(ben: Signature) -> None:
    builders.update(ben.letter)
    queue()
    claimed = Message.objects.select_related("mailing", "letter__organization").get(kind="update")
    mailings.stop(mailing_id=Mailing.objects.get().pk, by=None, at=NOW)
    assert mails.decide(claimed, at=NOW) is None
