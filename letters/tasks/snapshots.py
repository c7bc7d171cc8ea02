"""Daily records."""

from celery import shared_task
from django.utils import timezone

from letters import limits
from letters.queries import snapshots as waiting
from letters.services import snapshots


@shared_task
def freeze() -> None:
    """Freeze every day that is over and has no record yet, some at a time."""
    now = timezone.now()
    for letter_id, day in waiting.due(at=now, most=limits.SNAPSHOTS_AT_ONCE):
        snapshots.freeze(letter_id=letter_id, day=day, at=now)
