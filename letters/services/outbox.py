"""The outbox: claim, then deliver outside any transaction, then settle."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from letters import addresses, durable, limits
from letters.enums import MessageState
from letters.models import Message


def claim(*, most: int, at: datetime) -> list[Message]:
    """Lease up to `most` due messages, the most urgent first.

    A lease that runs out is claimed again, so a crash delays a mail and never loses it.
    """
    with durable.commit():
        due = Message.objects.due(at=at).order_by("priority", "next_try_at")
        due = due.select_related("letter__organization", "mailing").select_for_update(
            skip_locked=True, of=("self",)
        )
        messages = list(due[:most])
        lease_until = at + limits.LEASE
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(
            lease_until=lease_until, attempts=F("attempts") + 1
        )
        for message in messages:
            message.lease_until = lease_until
            message.attempts += 1
    return messages


def settle(*, message: Message, state: MessageState, at: datetime, error: str = "") -> None:
    """Store how a message ended, and wipe whom it was for."""
    with durable.commit():
        Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(
            state=state,
            settled_at=at,
            error=_kept(error),
            recipient_sealed=None,
            mailbox=None,
            lease_until=None,
        )


def bounce(*, uid: UUID, error: str, at: datetime) -> bool:
    """Store that a mail which a server had taken came back, and tell whether there was one."""
    with durable.commit():
        sent = Message.objects.filter(uid=uid, state=MessageState.SENT)
        return sent.update(state=MessageState.BOUNCED, settled_at=at, error=_kept(error)) > 0


def postpone(*, message: Message, at: datetime, error: str) -> None:
    """Try again later, each time twice as late, with jitter; after days give up."""
    if at - message.created_at > limits.GIVE_UP_AFTER:
        settle(message=message, state=MessageState.FAILED, at=at, error=error)
        return
    with durable.commit():
        Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(
            lease_until=None, next_try_at=at + _pause(message.attempts), error=_kept(error)
        )


def release(*, messages: list[Message]) -> None:
    """Give leased messages back, untried."""
    with durable.commit():
        Message.objects.filter(pk__in=[message.pk for message in messages], state=MessageState.QUEUED).update(
            lease_until=None, attempts=F("attempts") - 1
        )


def _kept(error: str) -> str:
    """Return what is kept of a server's answer: this row outlives the address."""
    return addresses.without(error)[:200]


def _pause(attempts: int) -> timedelta:
    doublings: int = min(attempts - 1, 12)
    pause: timedelta = min(limits.RETRY_FIRST * (1 << doublings), limits.RETRY_MOST)
    return pause * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load, guards nothing
