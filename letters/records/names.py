"""Telling caches that the names a reader sees have changed."""

from __future__ import annotations

from django.db.models import F

from letters import durable
from letters.models import NamesRevision


def bump(*, letter_id: int) -> None:
    """Move the letter's names revision. Do it last: the row stays locked until the commit."""
    durable.demand()
    NamesRevision.objects.filter(letter_id=letter_id).update(value=F("value") + 1)
