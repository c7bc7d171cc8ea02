"""A moderator lets a name be shown or declines it; the signature counts all the while."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from letters.delivery import email
from letters.enums import DeclineReason, Display, RemovalReason, Visibility
from letters.models import Event, Message, NamesRevision, Signature, Tally
from letters.services import claims, displays, erasures, ledger, removals
from letters.services.claims import Words
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def waiting(**fields: str) -> Signature:
    return builders.counted(builders.letter(names_after_review=True), **fields)


def show(one: Signature) -> Signature:
    return displays.show(uid=one.uid, seen=one.seen_digest(), by=None, at=NOW)


def decline(one: Signature, reason: DeclineReason = DeclineReason.ADVERT) -> Signature:
    return displays.decline(uid=one.uid, seen=one.seen_digest(), reason=reason, by=None, at=NOW)


def change(one: Signature, visibility: Visibility, name: str = "Ben Okafor") -> Signature:
    words = Words(name, one.role, one.affiliation, "", visibility)
    return claims.change(uid=one.uid, words=words, at=NOW)


def parts(one: Signature) -> tuple[int, int, int]:
    ledger.seal(letter_id=one.letter_id, at=LATER)
    tally = Tally.objects.get()
    return tally.count, tally.public, tally.private


def page(client: Client) -> str:
    return client.get("/letters/night-trains/signatures/").content.decode()


def test_a_name_that_waits_is_shown_once_a_moderator_says_so(client: Client) -> None:
    ada, one = builders.organizer(), waiting()
    assert "Ben Okafor" not in page(client)
    displays.show(uid=one.uid, seen=one.seen_digest(), by=ada, at=NOW)
    assert "Ben Okafor" in page(client)
    event = Event.objects.latest("pk")
    assert (event.name, event.subject, event.actor) == ("name.shown", str(one.uid), f"user:{ada.pk}")
    assert parts(one) == (1, 1, 0)
    assert not Message.objects.filter(kind="hidden").exists()


def test_a_declined_name_is_shown_nowhere_and_counts(client: Client) -> None:
    one = builders.counted(builders.letter())
    assert "Ben Okafor" in page(client)
    decline(one)
    assert "Ben Okafor" not in page(client)
    assert parts(one) == (1, 0, 1)
    event = Event.objects.get(name="name.declined")
    assert event.data == {"reason": "advert"}


def test_its_owner_gets_the_reason_and_a_way_to_answer(inbox: Inbox) -> None:
    one = waiting()
    email.drain(clock=lambda: LATER)
    decline(one)
    assert email.drain(clock=lambda: NOW) == 1
    body = inbox.mails[-1].get_body(("plain",))
    assert body
    assert inbox.mails[-1]["Subject"].strip() == "Your name is not shown"
    for words in ("The reason: It advertises something.", "answer to press@nightrail.example", "/s/"):
        assert words in body.get_content()


def test_no_mail_tells_of_a_decision_that_was_undone(inbox: Inbox) -> None:
    one = waiting()
    email.drain(clock=lambda: LATER)
    decline(one)
    show(one)
    assert email.drain(clock=lambda: NOW) == 0


def test_the_same_decision_again_changes_nothing() -> None:
    one = waiting()
    for decide in (decline, show):
        decide(one)
        before = (Event.objects.count(), Message.objects.count(), NamesRevision.objects.get().value)
        decide(one)
        assert (Event.objects.count(), Message.objects.count(), NamesRevision.objects.get().value) == before


def test_nothing_is_decided_about_words_that_nobody_read() -> None:
    one = waiting()
    change(one, Visibility.PUBLIC, "Visit Cheap Pills")
    for decide in (show, decline):
        with pytest.raises(displays.Changed):
            decide(one)
    assert builders.stored(one.uid).display == Display.WAITING


def test_there_is_nothing_to_decide_about_private_removed_and_erased_ones() -> None:
    one = waiting()
    change(one, Visibility.PRIVATE)
    with pytest.raises(displays.NotNow):
        show(builders.stored(one.uid))
    change(one, Visibility.PUBLIC)
    removals.remove(uid=one.uid, reason=RemovalReason.TEST, by=None, at=NOW)
    with pytest.raises(displays.NotNow):
        show(builders.stored(one.uid))
    removals.restore(uid=one.uid, by=None, at=NOW)
    decline(builders.stored(one.uid))
    erasures.erase(uid=one.uid, at=NOW)
    with pytest.raises(displays.NotNow):
        show(builders.stored(one.uid))
    after = builders.stored(one.uid)
    assert (after.display, after.declined) == (Display.PRIVATE, "")


def test_a_declined_name_comes_back_by_a_moderator_alone() -> None:
    """On a letter that shows names at once, too, and though it was private in between."""
    one = decline(builders.counted(builders.letter()))
    for visibility, display in [
        (Visibility.PRIVATE, Display.PRIVATE), (Visibility.PUBLIC, Display.WAITING),
        (Visibility.PRIVATE, Display.PRIVATE), (Visibility.PUBLIC, Display.WAITING),
    ]:  # fmt: skip
        assert change(one, visibility).display == display
    show(builders.stored(one.uid))
    assert change(one, Visibility.PUBLIC, "Ben Lind").display == Display.SHOWN


def test_the_database_wants_a_reason_and_none_beside_a_shown_name() -> None:
    builders.counted(builders.letter())
    for change in ({"display": Display.DECLINED}, {"declined": "other"}):
        with pytest.raises(IntegrityError, match="declined_has_reason"), transaction.atomic():
            Signature.objects.update(**change)
