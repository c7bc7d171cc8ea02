"""Counting for the desk what a letter's signatures and mails say."""

from __future__ import annotations

from datetime import datetime

from letters import durable, limits
from letters.models import Figures
from letters.records import figures


def refresh(*, letter_id: int, at: datetime) -> Figures:
    """Count anew what the desk shows of a letter, and store it.

    It leaves no event and locks nothing that a seal or a signature waits for.
    """
    since = at - limits.PENDING_KEPT  # an older form that nobody confirmed is deleted: no rate would be true
    with durable.commit():
        stated = figures.stated(letter_id=letter_id)
        forms = figures.forms(letter_id=letter_id, since=since, at=at)
        none = stated.sources.pop("", 0)
        sources = sorted(stated.sources.items(), key=lambda one: (-one[1], one[0]))
        made, _new = Figures.objects.update_or_create(
            letter_id=letter_id,
            defaults={
                "as_of": stated.as_of,
                "made_at": at,
                "tally_revision": stated.revision,
                "languages": sorted(stated.languages.items(), key=lambda one: (-one[1], one[0])),
                "sources": sources[: limits.SOURCES_MOST],
                "sources_other": sum(number for _code, number in sources[limits.SOURCES_MOST :]),
                "sources_none": none,
                "mails": figures.mails(letter_id=letter_id),
                "forms_since": since,
                "forms": forms.sent,
                "forms_confirmed": forms.confirmed,
                "forms_waiting": forms.waiting,
                "median_seconds": forms.median,
            },
        )
    return made
