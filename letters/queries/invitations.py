"""Invitations that wait for an answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from letters.models import Invitation, Organization, User


def waiting(*, organization: Organization | None, at: datetime) -> list[Invitation]:
    """Return what can still be accepted in an organization, or for the platform itself, in its order."""
    return list(Invitation.objects.open(at=at).filter(organization=organization).order_by("pk"))


def find(*, uid: UUID, at: datetime) -> Invitation | None:
    """Return an invitation that can still be accepted, with who invites to what, or None."""
    rows = Invitation.objects.open(at=at).select_related("organization", "invited_by")
    return rows.filter(uid=uid).first()


def invited(*, invitation: Invitation) -> User | None:
    """Return the login that the invited address has already, or None."""
    return User.objects.filter(email=invitation.address).first()
