"""Numbers by country and affiliation."""

from celery import shared_task
from django.utils import timezone

from letters.queries import breakdowns as waiting
from letters.services import breakdowns
from letters.tasks import turns


@shared_task
def refresh() -> None:
    """Count anew by country and affiliation where something changed."""
    turns.take(
        rows=waiting.due(at=timezone.now()),
        do=lambda letter_id: breakdowns.refresh(letter_id=letter_id, at=timezone.now()),
    )
