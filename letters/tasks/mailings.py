"""Mails to many."""

from celery import shared_task
from django.utils import timezone

from letters.queries import mailings as running
from letters.services import mailings
from letters.tasks import turns


@shared_task
def advance() -> None:
    """Queue the next mails of each mailing: one chunk per hint, and mails of others get between."""
    turns.take(
        rows=running.due(at=timezone.now()),
        do=lambda mailing_id: mailings.advance(mailing_id=mailing_id, at=timezone.now()),
    )
