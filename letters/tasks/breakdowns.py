"""Numbers by country and affiliation, and those that the desk alone shows."""

from celery import shared_task
from django.utils import timezone

from letters.queries import breakdowns as waiting
from letters.queries import figures as waiting_at_the_desk
from letters.services import breakdowns, figures
from letters.tasks import turns


@shared_task
def refresh() -> None:
    """Count anew where something changed."""
    turns.take(
        rows=waiting.due(at=timezone.now()),
        do=lambda letter_id: breakdowns.refresh(letter_id=letter_id, at=timezone.now()),
    )
    turns.take(
        rows=waiting_at_the_desk.due(at=timezone.now()),
        do=lambda letter_id: figures.refresh(letter_id=letter_id, at=timezone.now()),
    )
