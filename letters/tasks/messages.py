"""Mail."""

from celery import shared_task
from django.utils import timezone

from letters.delivery import email


@shared_task
def deliver() -> None:
    """Send everything that is due."""
    email.drain(clock=timezone.now)
