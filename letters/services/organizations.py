"""Organizations, and who works for them."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from letters import colors, durable
from letters.enums import EventName, Role
from letters.marks import Mark
from letters.models import Letter, Membership, Organization, User
from letters.records import events
from letters.refusal import Refusal


class Unreadable(Refusal):
    """Words in this colour cannot be read by everybody."""


class NotStored(Refusal):
    """The storage for pictures took none."""

    message = _("The mark could not be stored, so the old one stays. Try again in a minute.")


def create(*, organization: Organization, by: User | None, at: datetime) -> Organization:
    """Store a new organization; `by` becomes its owner.

    Platform staff vouch for what they create, so it may publish at once. Raises Unreadable.
    """
    _demand_readable(organization)
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
    """Store an organization whose fields were changed: every page of its letters shows some of them.

    Raises Unreadable.
    """
    _demand_readable(organization)
    with durable.commit():
        organization.save(force_update=True)
        _changed(organization, by=by, at=at)
    return organization


def put_mark(*, organization: Organization, mark: Mark, by: User | None, at: datetime) -> Organization:
    """Put a mark into the letterhead. The old picture stays in the storage. Raises NotStored."""
    try:
        default_storage.save(mark.name, ContentFile(mark.png))
    except OSError as error:
        raise NotStored from error
    return _save_mark(organization, mark.name, mark.width, mark.height, by=by, at=at)


def remove_mark(*, organization: Organization, by: User | None, at: datetime) -> Organization:
    """Take the mark out of the letterhead."""
    return _save_mark(organization, "", 0, 0, by=by, at=at)


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


def _demand_readable(organization: Organization) -> None:
    try:
        if organization.accent:
            colors.check_accent(organization.accent)
    except ValidationError as error:
        raise Unreadable(error.messages[0]) from error


def _save_mark(
    organization: Organization, name: str, width: int, height: int, *, by: User | None, at: datetime
) -> Organization:
    organization.mark, organization.mark_width, organization.mark_height = name, width, height
    with durable.commit():
        organization.save(update_fields=("mark", "mark_width", "mark_height"))
        _changed(organization, by=by, at=at)
    return organization


def _changed(organization: Organization, *, by: User | None, at: datetime) -> None:
    Letter.objects.filter(organization=organization).update(revision=F("revision") + 1, changed_at=at)
    events.record(name=EventName.ORGANIZATION_CHANGED, subject=organization.slug, by=events.actor(by), at=at)
