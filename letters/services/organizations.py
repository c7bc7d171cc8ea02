"""Organizations, and who works for them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from letters import durable
from letters.enums import EventName, Role
from letters.models import Letter, Membership, Organization, User
from letters.records import events


def create(*, organization: Organization, by: User | None, at: datetime) -> Organization:
    """Store a new organization; `by` becomes its owner.

    Platform staff vouch for what they create, so it may publish at once.
    """
    if by is None or by.is_superuser:
        organization.approved_at = organization.approved_at or at
    with durable.commit():
        organization.save(force_insert=True)
        if by is not None:
            Membership.objects.create(organization=organization, user=by, role=Role.OWNER)
        events.record(
            name=EventName.ORGANIZATION_CREATED, subject=organization.slug, by=events.actor(by), at=at
        )
    return organization


def change(*, organization: Organization, by: User | None, at: datetime) -> Organization:
    """Store an organization whose fields were changed: every page of its letters shows some of them."""
    with durable.commit():
        organization.save(force_update=True)
        Letter.objects.filter(organization=organization).update(revision=F("revision") + 1, changed_at=at)
        events.record(
            name=EventName.ORGANIZATION_CHANGED, subject=organization.slug, by=events.actor(by), at=at
        )
    return organization


def grant(*, organization: Organization, user: User, role: Role, by: User | None, at: datetime) -> Membership:
    """Give a user a role, instead of the one they had."""
    with durable.commit():
        membership, _created = Membership.objects.update_or_create(
            organization=organization, user=user, defaults={"role": role}
        )
        events.record(
            name=EventName.ORGANIZATION_CHANGED,
            subject=organization.slug,
            by=events.actor(by),
            at=at,
            data={"user": user.pk, "role": str(role)},
        )
    return membership
