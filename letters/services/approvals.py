"""Saying no to what another person asked for, and asking no longer. A yes is a service of each kind."""

from __future__ import annotations

from datetime import datetime

from letters import durable, limits
from letters.enums import EventName
from letters.models import Approval, User
from letters.records import approvals, events
from letters.records.approvals import NotStanding, SamePerson

__all__ = ["NotStanding", "SamePerson", "decline", "forget", "take_back"]


def decline(*, pk: int, grounds: str, by: User, at: datetime) -> Approval:
    """Say no, and why. Raises NotStanding, SamePerson."""
    with durable.commit():
        approval = approvals.locked(pk=pk, at=at)
        if approval.asked_by_id == by.pk:
            raise SamePerson
        approval.grounds = grounds.strip()
        approval.save(update_fields=("grounds",))
        approvals.end(approval=approval, at=at)
        events.of_approval(name=EventName.APPROVAL_DECLINED, approval=approval, by=events.actor(by), at=at)
    return approval


def take_back(*, pk: int, by: User, at: datetime) -> Approval:
    """Ask no longer. Raises NotStanding for what was answered, and for what another person asked."""
    with durable.commit():
        approval = approvals.locked(pk=pk, at=at)
        if approval.asked_by_id != by.pk:
            raise NotStanding
        approvals.end(approval=approval, at=at)
        events.of_approval(name=EventName.APPROVAL_TAKEN_BACK, approval=approval, by=events.actor(by), at=at)
    return approval


def forget(*, at: datetime) -> int:
    """Delete what was asked long ago; return how many, a bounded number. The trail of events stays."""
    with durable.commit():
        old = Approval.objects.filter(asked_at__lte=at - limits.APPROVAL_KEPT)
        ids = list(old.values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        return Approval.objects.filter(pk__in=ids).delete()[0]
