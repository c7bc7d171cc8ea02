"""What the calendar does to letters."""

from celery import shared_task
from django.utils import timezone

from letters.services import letters, retention


@shared_task
def close() -> None:
    """Close what has to end so that addresses are deleted by the day that people were told."""
    now = timezone.now()
    for letter in retention.outlasting(at=now):
        letters.close(letter=letter, by=None, at=now)
