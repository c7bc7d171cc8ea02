"""Whom a team asked to sign, as far as it may know what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from letters import addresses, limits
from letters.enums import GuestState
from letters.models import Guest, Letter

MOST: Final = limits.GUESTS_MOST * (limits.GUEST_FOR // limits.GUESTS_WITHIN)
"""As many as can be open at once."""


@dataclass(frozen=True)
class Asked:
    """One invitation. `address` is masked, and empty once it is deleted."""

    pk: int
    address: str
    state: GuestState
    invited_by: str
    invited_at: datetime

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it is open."""
        return self.state == GuestState.SENT


def asked(*, letter: Letter, at: datetime) -> list[Asked]:
    """Return the newest invitations to sign a letter; those that are open are all among them."""
    rows = Guest.objects.with_signed().filter(letter=letter).select_related("invited_by")
    return [_asked(row, at) for row in rows.order_by("-created_at", "-pk")[:MOST]]


def _asked(row: Any, at: datetime) -> Asked:
    address = row.address
    return Asked(
        pk=row.pk,
        address=addresses.masked(address) if address else "",
        state=row.state(signed=row.signed, at=at),
        invited_by=str(row.invited_by or ""),
        invited_at=row.created_at,
    )
