"""A letter's number by country and by affiliation, and which letters have another by now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from letters import limits
from letters.enums import LetterStatus
from letters.models import Breakdown, Letter, Tally


def find(*, letter: Letter) -> Breakdown | None:
    """Return how a letter's number was broken down last; None for one that is older than breakdowns are."""
    one = Breakdown.objects.filter(letter=letter).first()
    if one:
        one.letter = letter
    return one


def due(*, at: datetime) -> list[int]:
    """Return the letters of which something changed since they were counted, those without first.

    Counting reads every signature, so a letter of a million is counted less often than a small one.
    """
    known = "letter__breakdown__"
    stale = (
        Q(**{f"{known}made_at": None})
        | ~Q(**{f"{known}tally_revision": F("revision")})
        | ~Q(**{f"{known}names_revision": F("letter__names_revision__value")})
        | ~Q(**{f"{known}letter_revision": F("letter__revision")})
    )
    rows = Tally.objects.filter(stale).exclude(letter__status=LetterStatus.WITHDRAWN)
    found = rows.order_by(F(f"{known}made_at").asc(nulls_first=True), "letter_id")
    return [
        letter_id
        for letter_id, count, made_at in found.values_list("letter_id", "signed", f"{known}made_at")
        if made_at is None or made_at + every(signatures=count) <= at
    ]


def every(*, signatures: int) -> timedelta:
    """Return how often a letter with so many signatures is counted, at most."""
    return max(limits.BREAKDOWN_LEAST, limits.BREAKDOWN_OF_A_MILLION * signatures / 1_000_000)
