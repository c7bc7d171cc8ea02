"""Pictures."""

from celery import shared_task
from django.utils import timezone

from letters import limits
from letters.delivery import cards
from letters.queries import cards as wanted
from letters.tasks import turns


@shared_task
def draw() -> None:
    """Draw the share cards that are missing, or that show what an organization was called before."""
    turns.take(
        rows=wanted.due(most=limits.CARDS_AT_ONCE),
        do=lambda text_id: cards.draw(text_id=text_id, at=timezone.now()),
    )
