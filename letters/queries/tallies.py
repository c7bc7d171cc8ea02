"""The published number, and what it was."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from letters.models import Checkpoint, Letter, Tally


def newest() -> datetime | None:
    """Return the newest moment of any letter's number, or None before the first letter."""
    moment: datetime | None = Tally.objects.aggregate(newest=Max("as_of"))["newest"]
    return moment


def at_checkpoint(*, letter: Letter, checkpoint: Checkpoint) -> Tally:
    """Return the number as it was when a checkpoint was sealed, to show and not to save."""
    root = bytes(checkpoint.root)
    return Tally(letter=letter, as_of=checkpoint.at, size=checkpoint.size, root=root, **checkpoint.parts)
