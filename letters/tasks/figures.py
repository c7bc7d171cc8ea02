"""Numbers that the desk alone shows."""

from celery import shared_task
from django.utils import timezone

from letters.queries import figures as waiting
from letters.services import figures
from letters.tasks import turns


@shared_task
def refresh() -> None:
    """Count links, languages, forms and mails anew where something changed."""
    turns.take(
        rows=waiting.due(at=timezone.now()),
        do=lambda letter_id: figures.refresh(letter_id=letter_id, at=timezone.now()),
    )
