"""Mails to many: which wait to be queued, whom they would reach, how far they are."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from letters.enums import MailingState
from letters.models import Letter, Mailing, Signature


def due(*, at: datetime) -> list[int]:
    """Return the mailings whose next mails are to be queued at `at`, the oldest first."""
    running = Mailing.objects.filter(state=MailingState.RUNNING, begins_at__lte=at)
    return list(running.order_by("begins_at", "pk").values_list("pk", flat=True))


def subscribers(*, letter: Letter) -> int:
    """Return how many would get a mail about news of a letter now. It counts: for the desk alone."""
    return Signature.objects.filter(letter=letter).subscribed().count()


def progress(*, mailing: Mailing) -> dict[str, int]:
    """Return how many mails of a mailing are in which state. It counts: for the desk alone."""
    states = mailing.messages.order_by().values_list("state").annotate(mails=Count("pk"))
    return dict(states)
