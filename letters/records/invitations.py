"""Invitations that are over."""

from __future__ import annotations

from datetime import datetime

from letters import durable
from letters.models import Invitation, Organization, User


def settle(*, invitation: Invitation, at: datetime) -> None:
    """Let an invitation be answered no more, and wipe whom it was for."""
    durable.demand()
    invitation.settled_at, invitation.email_sealed = at, None
    invitation.save(update_fields=("settled_at", "email_sealed"))


def void(*, organization: Organization, by: User, at: datetime) -> None:
    """Let what somebody offered in an organization be answered no more."""
    durable.demand()
    offered = Invitation.objects.filter(organization=organization, invited_by=by, settled_at=None)
    offered.update(settled_at=at, email_sealed=None)
