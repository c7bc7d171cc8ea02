"""What time does: to forms that nobody confirms, to addresses that nobody needs, to reports."""

from celery import shared_task
from django.utils import timezone

from letters.services import (
    approvals,
    guests,
    invitations,
    mailboxes,
    pending,
    press,
    reports,
    retention,
    sessions,
)
from letters.tasks import turns


@shared_task
def remind() -> None:
    """Write once to those who did not confirm since yesterday."""
    while pending.remind(at=timezone.now()):
        pass


@shared_task
def forget() -> None:
    """Delete the addresses of letters that closed long enough ago."""
    now = timezone.now()

    def delete(letter_id: int) -> None:
        after: int | None = 0
        while after is not None:
            after = retention.forget(letter_id=letter_id, after=after, at=now)

    turns.take(rows=[one.letter_id for one in retention.due(at=now)], do=delete)


@shared_task
def expire() -> None:
    """Delete what nobody confirmed or accepted, old reports and sessions, and the mailboxes of past days."""
    while pending.expire(at=timezone.now()):
        pass
    while reports.forget(at=timezone.now()):
        pass
    while invitations.forget(at=timezone.now()):
        pass
    while guests.forget(at=timezone.now()):
        pass
    while approvals.forget(at=timezone.now()):
        pass
    while press.forget(at=timezone.now()):
        pass
    while sessions.forget(at=timezone.now()):
        pass
    mailboxes.forget(at=timezone.now())
