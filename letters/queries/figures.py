"""What the desk reads about a letter, and which letters are to be counted anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from letters import limits
from letters.models import Figures, Letter, Tally


def find(*, letter: Letter) -> Figures | None:
    """Return what was counted last for the desk; None for a letter that nobody has counted yet."""
    return Figures.objects.filter(letter=letter).first()


def due(*, at: datetime) -> list[int]:
    """Return the letters whose number moved since they were counted, and those counted long ago.

    Forms and mails move without the number, so a letter that can be signed, or whose mails may still be
    on their way, is counted now and then. A large one is counted less often than a small one.
    """
    over = at - limits.GIVE_UP_AFTER
    ended = Q(letter__closed_at__lt=over) | Q(letter__closes_at__lt=over) | Q(letter__withdrawn_at__lt=over)
    made = "letter__figures__made_at"
    moved = Q(**{f"{made}": None}) | ~Q(letter__figures__tally_revision=F("revision"))
    old = Q(**{f"{made}__lt": at - limits.FIGURES_OLDEST}) & ~ended
    rows = Tally.objects.filter(moved | old).order_by(F(made).asc(nulls_first=True), "letter_id")
    return [
        letter_id
        for letter_id, signed, made_at in rows.values_list("letter_id", "signed", made)
        if made_at is None or made_at + every(signatures=signed) <= at
    ]


def every(*, signatures: int) -> timedelta:
    """Return how often a letter with so many signatures is counted, at most."""
    return max(limits.FIGURES_LEAST, limits.BREAKDOWN_OF_A_MILLION * signatures / 1_000_000)
