"""Sparing mailboxes whose owner asked for nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from letters import addresses, durable, limits
from letters.enums import EventName
from letters.models import Mailbox, Message, User
from letters.records import events

# One statement decides and takes, so that two workers cannot both take the last slot.
TAKE: Final = """
INSERT INTO letters_mailbox AS mailbox (key, day, unanswered) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET day = EXCLUDED.day,
unanswered = CASE WHEN mailbox.day = EXCLUDED.day THEN mailbox.unanswered + 1 ELSE 1 END
WHERE mailbox.never_again_at IS NULL AND (mailbox.day < EXCLUDED.day OR mailbox.unanswered < %s)
RETURNING unanswered
"""


def take_slot(*, message: Message, address: str, at: datetime) -> bool:
    """Take one of the day's slots (UTC) of a mailbox for an unasked mail, and tell whether there was one.

    A message keeps its slot: trying again to send it takes no other.
    """
    if message.slot_taken_at:
        return True
    with durable.commit(), connection.cursor() as cursor:
        cursor.execute(TAKE, [addresses.site_key(address), at.date(), limits.UNANSWERED_MOST])
        taken = cursor.fetchone() is not None
        if taken:
            Message.objects.filter(pk=message.pk).update(slot_taken_at=at)
    return taken


def reopen(*, address: str, by: User | None, at: datetime) -> bool:
    """Let mails leave for a mailbox again, as its owner asked, and tell whether they were stopped."""
    with durable.commit():
        closed = Mailbox.objects.filter(key=addresses.site_key(address), never_again_at__isnull=False)
        found = closed.update(never_again_at=None) > 0
        if found:
            events.record(name=EventName.MAILBOX_OPENED, subject="mailbox", by=events.actor(by), at=at)
    return found


def forget(*, at: datetime) -> int:
    """Delete the mailboxes of past days that wish nothing, and return how many."""
    with durable.commit():
        past = Mailbox.objects.filter(day__lt=at.date(), never_again_at=None)
        return past.delete()[0]
