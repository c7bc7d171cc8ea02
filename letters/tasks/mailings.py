"""Mails to many."""

from celery import shared_task
from django.utils import timezone

from letters.queries import mailings as running
from letters.services import mailings


@shared_task
def advance() -> None:
    """Queue the next mails of each mailing: one chunk per hint, and mails of others get between."""
    for mailing_id in running.due(at=timezone.now()):
        mailings.advance(mailing_id=mailing_id, at=timezone.now())
