"""Pointers: under what the kept pages of a letter stand, asked for once a second while it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from letters.models import Letter

REVISIONS: Final = ("revision", "tally__revision", "names_revision__value")


class Pointer(NamedTuple):
    """What says which version of its pages a letter has."""

    public_id: str
    status: str
    opens_at: datetime | None
    closes_at: datetime | None
    revisions: tuple[int, int, int]

    def letter(self) -> Letter:
        """Return a letter that knows its phase and nothing else."""
        return Letter(status=self.status, opens_at=self.opens_at, closes_at=self.closes_at)


def find(*, slug: str) -> Pointer | None:
    """Return the pointer of the letter at this address, or None where none can be read."""
    letters = Letter.objects.public().filter(slug=slug)
    row = letters.values_list("public_id", "status", "opens_at", "closes_at", *REVISIONS).first()
    if row is None:
        return None
    public_id, status, opens_at, closes_at, *revisions = row
    return Pointer(public_id, status, opens_at, closes_at, tuple(revisions))
