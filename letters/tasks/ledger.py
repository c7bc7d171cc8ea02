"""Counting."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from letters import limits
from letters.delivery import journal, ledger
from letters.enums import EventName
from letters.queries import ledger as waiting
from letters.services import checkpoints, recounts
from letters.tasks import turns


@shared_task
def seal() -> None:
    """Count what waits on every letter that is due, then sign and publish what was sealed."""
    try:
        turns.take(rows=waiting.due(at=timezone.now()), do=_seal)
    finally:
        turns.take(
            rows=waiting.unsigned(),
            do=lambda letter_id: ledger.publish(letter_id=letter_id, at=timezone.now()),
        )


@shared_task
def settle() -> None:
    """Bring the published files to agree with orders of law."""
    turns.take(
        rows=waiting.unsettled(),
        do=lambda pk: ledger.settle(withholding_id=pk, at=timezone.now()),
    )


@shared_task
def remember() -> None:
    """Write down outside the database who was forgotten."""
    journal.write(at=timezone.now())


@shared_task
def watch() -> None:
    """Raise an alarm for every letter whose signatures wait longer than its pages promise."""
    now = timezone.now()

    def alarm(late: tuple[int, datetime]) -> None:
        letter_id, since = late
        seconds = int((now - since).total_seconds())
        checkpoints.alarm(letter_id=letter_id, name=EventName.LEDGER_LAGS, data={"seconds": seconds}, at=now)

    turns.take(rows=waiting.late(at=now).items(), do=alarm)


@shared_task
def recount() -> None:
    """Compare every number with the signatures behind it, and raise an alarm where they differ."""
    turns.take(
        rows=waiting.counted(),
        do=lambda letter_id: recounts.compare(letter_id=letter_id, at=timezone.now()),
    )


def _seal(letter_id: int) -> None:
    # Again for a backlog alone: whoever confirmed meanwhile waits for company as everybody does.
    while ledger.advance(letter_id=letter_id, at=timezone.now()) >= limits.SEAL_AT_ONCE:
        pass
