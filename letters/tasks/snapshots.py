"""Daily records."""

from celery import shared_task
from django.utils import timezone

from letters import limits
from letters.queries import snapshots as waiting
from letters.services import snapshots
from letters.tasks import turns


@shared_task
def freeze() -> None:
    """Freeze every day that is over and has no record yet, some at a time."""
    now = timezone.now()
    due = waiting.due(at=now, most=limits.SNAPSHOTS_AT_ONCE)
    turns.take(rows=due, do=lambda row: snapshots.freeze(letter_id=row[0], day=row[1], at=now))
