"""Mails to many: who gets one, in chunks that a crash cannot double, and when they are told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.enums import EventName, MailingState, MessageKind, MessageState, SignatureState, TextKind
from letters.models import Event, Letter, Mailing, Message, Signature
from letters.queries import mailings as running
from letters.services import ledger, letters, mailings, news, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
FINAL = limits.CONFIRM_GRACE + limits.SEALED_WITHIN


@pytest.fixture
def letter() -> Letter:
    """Signed by five who asked for news, of whom two are counted and reachable, and by one who did not."""
    letter = builders.letter()
    for name in ("ada", "ben", "cleo", "dov"):
        builders.counted(letter, email=f"{name}@example.org", name=name, updates=True)
    builders.counted(letter, email="eve@example.org", name="eve")
    builders.confirmed(letter, email="fay@example.org", name="fay", updates=True)
    builders.signed(letter, email="gus@example.org", name="gus", updates=True)
    signatures.withdraw(uid=named("cleo").uid, at=NOW)
    Signature.objects.filter(name="dov").update(email_sealed=None)
    return letter


def named(name: str) -> Signature:
    return Signature.objects.get(name=name)


def told(kind: MessageKind) -> list[str]:
    """Return who has a mail of a kind in the outbox, in the order in which they were queued."""
    rows = Message.objects.filter(kind=kind).order_by("pk").values_list("subject", flat=True)
    return [Signature.objects.get(uid=uid).name for uid in rows]


def advance(*, at: datetime = NOW) -> list[bool]:
    """Queue one chunk of each mailing that is due."""
    return [mailings.advance(mailing_id=pk, at=at) for pk in running.due(at=at)]


def test_an_update_goes_to_who_counts_and_asked_and_can_be_written_to(letter: Letter) -> None:
    assert running.subscribers(letter=letter) == 2
    builders.update(letter)
    assert advance() == [False]
    assert told(MessageKind.UPDATE) == ["ada", "ben"]
    mailing = Mailing.objects.get()
    assert (mailing.state, mailing.queued, mailing.ended_at) == (MailingState.DONE, 2, NOW)
    event = Event.objects.get(name=EventName.MAILING_DONE)
    assert (event.subject, event.data["queued"]) == (letter.public_id, 2)
    assert advance() == []
    [message, _other] = Message.objects.filter(kind=MessageKind.UPDATE).order_by("pk")
    assert (message.recipient_sealed, message.mailing, message.priority) == (None, mailing, 9)


def test_chunks_are_bounded_and_none_is_mailed_twice_after_a_crash(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAILED_AT_ONCE", 1)
    builders.update(letter)
    assert advance() == [True]
    assert told(MessageKind.UPDATE) == ["ada"]
    Mailing.objects.update(after=0)  # as if what moved it on was lost, and the mails were not
    while running.due(at=NOW):
        advance()
    assert told(MessageKind.UPDATE) == ["ada", "ben"]
    assert Mailing.objects.get().queued == 2


def test_a_chunk_is_one_statement(letter: Letter, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mailing = builders.update(letter).mailing
    with django_assert_num_queries(6) as asked:
        mailings.advance(mailing_id=mailing.pk, at=NOW)
    assert sum("INSERT INTO letters_message" in one["sql"] for one in asked.captured_queries) == 1


def test_an_amendment_is_told_to_everybody_who_confirmed_an_earlier_text(letter: Letter) -> None:
    Signature.objects.filter(name="fay").update(state=SignatureState.HELD, held_at=NOW)
    builders.changed(letter, kind=TextKind.AMENDMENT)
    assert Mailing.objects.get().kind == MessageKind.AMENDED
    advance()
    assert told(MessageKind.AMENDED) == ["ada", "ben", "eve", "fay"]


def test_a_correction_is_told_to_nobody(letter: Letter) -> None:
    builders.changed(letter)
    assert not Mailing.objects.exists()


def test_the_end_is_told_once_and_when_nobody_can_confirm_any_more(letter: Letter) -> None:
    letters.close(letter=letter, by=None, at=NOW)
    for moment in (NOW, NOW + timedelta(minutes=1)):
        ledger.seal(letter_id=letter.pk, at=moment)
    mailing = Mailing.objects.get()
    assert (mailing.kind, mailing.begins_at) == (MessageKind.CLOSED, NOW + FINAL)
    assert advance(at=NOW + FINAL - timedelta(seconds=1)) == []
    assert advance(at=NOW + FINAL) == [False]
    assert told(MessageKind.CLOSED) == ["ada", "ben", "fay"]


def test_a_letter_closes_by_the_clock_too_and_tells_from_then(letter: Letter) -> None:
    letter.closes_at = NOW + timedelta(days=3)
    letters.change(letter=letter, by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(days=3, minutes=10))
    assert Mailing.objects.get().begins_at == letter.closes_at + FINAL


def test_the_end_of_a_letter_that_was_withdrawn_is_told_to_nobody(letter: Letter) -> None:
    letters.withdraw(letter=letter, reason="Not ours.", by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW)
    assert not Mailing.objects.exists()


def test_who_stops_it_stops_what_is_queued_too(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAILED_AT_ONCE", 1)
    user, mailing = builders.organizer(), builders.update(letter).mailing
    advance()
    stopped = mailings.stop(mailing_id=mailing.pk, by=user, at=NOW)
    assert (stopped.state, stopped.ended_at) == (MailingState.STOPPED, NOW)
    assert Event.objects.get(name=EventName.MAILING_STOPPED).actor == f"user:{user.pk}"
    assert advance() == []
    assert told(MessageKind.UPDATE) == ["ada"]
    with pytest.raises(mailings.Over):
        mailings.stop(mailing_id=mailing.pk, by=user, at=NOW)


def test_all_queued_can_still_be_stopped_and_all_sent_cannot(letter: Letter) -> None:
    mailing = builders.update(letter).mailing
    advance()
    assert running.progress(mailing=mailing) == {MessageState.QUEUED: 2}
    wiped = {"state": MessageState.SENT, "settled_at": NOW}
    Message.objects.filter(mailing=mailing).update(**wiped)
    with pytest.raises(mailings.Over):
        mailings.stop(mailing_id=mailing.pk, by=None, at=NOW)
    Message.objects.filter(subject=named("ben").uid, mailing=mailing).update(
        state=MessageState.QUEUED, settled_at=None
    )
    assert mailings.stop(mailing_id=mailing.pk, by=None, at=NOW).state == MailingState.STOPPED


def test_news_are_stopped_and_asked_for_again(letter: Letter) -> None:
    ada = named("ada")
    for _ in range(2):
        news.stop(uid=ada.uid, at=NOW)
    assert not named("ada").updates
    for _ in range(2):
        news.ask(uid=ada.uid, at=NOW)
    assert named("ada").updates
    names = Event.objects.filter(subject=str(ada.uid)).order_by("pk").values_list("name", flat=True)
    assert list(names)[-2:] == [EventName.NEWS_STOPPED, EventName.NEWS_ASKED]
    assert Event.objects.filter(name=EventName.NEWS_STOPPED).count() == 1


@pytest.mark.parametrize("name", ["cleo", "dov", "gus"])
def test_who_cannot_be_written_to_cannot_ask(letter: Letter, name: str) -> None:
    news.stop(uid=named(name).uid, at=NOW)
    with pytest.raises(news.NotNow):
        news.ask(uid=named(name).uid, at=NOW)


def test_whoever_is_gone_is_told_nothing() -> None:
    one = builders.signed(builders.letter())
    one.delete()
    news.stop(uid=one.uid, at=NOW)
    assert not Event.objects.filter(name=EventName.NEWS_STOPPED).exists()
