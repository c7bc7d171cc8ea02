"""T5: mail-bombing a third party through the form."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.delivery import email
from letters.enums import MessageState
from letters.models import LetterText, Mailbox, Message
from letters.services import ledger, pending, signatures
from tests import builders
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db(transaction=True)
POSTS, BURST, DAYS = 10_000, 200, 2
DAY = timedelta(days=1)
SLUGS = ("night-trains", "day-trains", "ferries", "trams", "cycle-paths")


def texts(*, since: datetime) -> list[LetterText]:
    return [builders.text_of(builders.letter(slug, at=since)) for slug in SLUGS]


def alias(number: int) -> str:
    """Return one of thousands of spellings of the victim's mailbox."""
    local = ("victim", "v.ictim", "vic.tim", "Victim", "v.i.c.t.i.m")[number % 5]
    return f"{local}+{number}@{'gmail.com' if number % 3 else 'GoogleMail.com'}"


def post(text: LetterText, address: str, at: datetime, *, name: str = "Ben Okafor") -> None:
    signatures.sign(text=text, answers=builders.answers(name, email=address), at=at)


def drain(at: datetime) -> int:
    return email.drain(clock=lambda: at)


def recipients(inbox: Inbox) -> list[str]:
    return [to for envelope in inbox.envelopes for to in envelope]


def test_10_000_posts_for_one_mailbox_cause_three_mails_a_day(inbox: Inbox) -> None:
    start = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) - DAYS * DAY
    letters = texts(since=start - DAY)
    numbers, sent = count(), Counter[str]()
    for burst in range(POSTS // BURST):
        at = start + burst * DAYS * DAY / (POSTS // BURST)
        for _ in range(BURST):
            number = next(numbers)
            post(letters[number % 5], alias(number), at + timedelta(seconds=number % 60))
        sent[f"{at:%d}"] += drain(at + timedelta(seconds=60))
    assert next(numbers) == POSTS
    assert Message.objects.count() >= len(letters) * POSTS // BURST
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()
    assert sent == {f"{start:%d}": limits.UNANSWERED_MOST, f"{start + DAY:%d}": limits.UNANSWERED_MOST}
    assert len(recipients(inbox)) == DAYS * limits.UNANSWERED_MOST == 6
    assert Mailbox.objects.count() == 1


@pytest.mark.parametrize("confirmed_before", [False, True])
def test_after_never_again_no_letter_and_no_alias_causes_a_mail(
    inbox: Inbox, client: Client, confirmed_before: bool
) -> None:
    now = timezone.now()
    letters = texts(since=now - DAY)
    mine = None
    if confirmed_before:
        mine = builders.confirmed(letters[1].letter, email=alias(7), at=now - timedelta(hours=1))
        drain(now)
    post(letters[0], alias(0), now)
    assert drain(now) == 1
    page = client.get(inbox.link())["Location"].replace("confirm/", "not-me/")
    assert client.get(page).status_code == 200
    assert not Mailbox.objects.filter(never_again_at__isnull=False).exists()
    assert client.post(page, {"never_again": "1"}).status_code == 200
    before = len(inbox.mails)
    for number in range(100):
        post(letters[number % 5], alias(number), now + timedelta(minutes=number))
    if mine:  # not even what the owner causes
        ledger.seal(letter_id=mine.letter_id, at=now)
        signatures.withdraw(uid=mine.uid, at=now)
        assert Message.objects.filter(subject=mine.uid).count() == 2
    assert drain(now + timedelta(days=1)) == 0
    assert mails_after_reminding(at=now + timedelta(days=2)) == 0
    assert len(inbox.mails) == before
    post(letters[0], "cleo@gmail.com", now)
    assert drain(now + timedelta(days=2)) == 1


def mails_after_reminding(*, at: datetime) -> int:
    """Remind of every form that waits, and return how many mails left."""
    pending.remind(at=at)
    return drain(at)


def test_without_the_tick_the_form_is_deleted_and_mails_may_come_again(inbox: Inbox, client: Client) -> None:
    now = timezone.now()
    letters = texts(since=now - DAY)
    post(letters[0], alias(0), now)
    drain(now)
    page = client.get(inbox.link())["Location"].replace("confirm/", "not-me/")
    assert client.post(page).status_code == 200
    post(letters[0], alias(1), now + timedelta(minutes=1))
    assert drain(now + timedelta(minutes=1)) == 1


def test_trying_again_takes_one_slot_only(inbox: Inbox) -> None:
    now = timezone.now().replace(hour=0, minute=0)
    letters = texts(since=now - DAY)
    inbox.refuse_data = "451 busy"
    post(letters[0], alias(0), now)
    for hours in range(10):
        assert drain(now + timedelta(hours=hours)) == 0
    assert Message.objects.get().attempts == 10
    assert Mailbox.objects.get().unanswered == 1
    inbox.refuse_data = ""
    for number in range(1, 5):
        post(letters[number], alias(number), now + timedelta(hours=11))
    assert drain(now + timedelta(hours=12)) == limits.UNANSWERED_MOST
    assert Counter(Message.objects.values_list("state", flat=True)) == {"sent": 3, "skipped": 2}


def test_who_confirms_gets_the_slots_back_and_over_budget_touches_nobody_else(
    inbox: Inbox, client: Client
) -> None:
    now = timezone.now()
    letters = texts(since=now - DAY)
    for number, text in enumerate(letters):
        post(text, alias(number), now)
        post(text, f"cleo{number}@gmail.com", now)
    assert drain(now) == limits.UNANSWERED_MOST + len(letters)
    own = [to for to in recipients(inbox) if not to.startswith("cleo")]
    assert len(own) == limits.UNANSWERED_MOST
    link = inbox.link(recipients(inbox).index(own[0]))
    page = client.get(client.get(link)["Location"])
    seen = page.context["signature"].seen_digest()
    assert client.post(page.request["PATH_INFO"], {"seen": seen}).status_code == 303
    post(letters[4], alias(10), now + timedelta(minutes=1))
    assert drain(now + timedelta(minutes=1)) == 1
    assert recipients(inbox)[-1] == alias(10)
