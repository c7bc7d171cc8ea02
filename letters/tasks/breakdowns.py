"""Numbers by country and affiliation."""

from celery import shared_task
from django.utils import timezone

from letters.queries import breakdowns as waiting
from letters.services import breakdowns


@shared_task
def refresh() -> None:
    """Count anew by country and affiliation where something changed."""
    for letter_id in waiting.due(at=timezone.now()):
        breakdowns.refresh(letter_id=letter_id, at=timezone.now())
