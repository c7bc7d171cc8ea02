"""Organizations, and who works for them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from letters import colors, durable, roles
from letters.enums import EventName, Role
from letters.marks import Mark
from letters.models import Letter, Membership, Organization, User
from letters.records import events, invitations
from letters.refusal import Refusal
from letters.roles import Action

VOUCHED: Final = ("name", "legal_name")
"""What an approval is about."""


class Unreadable(Refusal):
    """Words in this colour cannot be read by everybody."""


class Vouched(Refusal):
    """The platform looked at who this is."""

    message = _("The platform has approved this name. Ask its operators to change it.")


class NotStored(Refusal):
    """The storage for pictures took none."""

    message = _("The mark could not be stored, so the old one stays. Try again in a minute.")


class Approved(Refusal):
    """Somebody was faster."""

    message = _("This organization is approved already.")


class NotMember(Refusal):
    """There is no role to take away."""

    message = _("This person is not in the team any more. Reload the page.")


class LastOwner(Refusal):
    """Nobody would be left to decide who is in the team."""

    message = _("An organization keeps at least one owner. Make somebody else an owner first.")


def create(*, organization: Organization, by: User | None, at: datetime) -> Organization:
    """Store a new organization; `by` becomes its owner.

    Operators of the platform vouch for what they create, so it may publish at once; what others create
    waits for them. Raises Unreadable.
    """
    _demand_readable(organization)
    vouched = by is None or by.is_superuser
    organization.approved_at = at if vouched else None
    with durable.commit():
        organization.save(force_insert=True)
        if by is not None:
            Membership.objects.create(organization=organization, user=by, role=Role.OWNER)
        _record(EventName.ORGANIZATION_CREATED, organization, by, at)
    return organization


def change(*, organization: Organization, by: User | None, at: datetime) -> Organization:
    """Store an organization whose fields were changed: every page of its letters shows some of them.

    Raises Unreadable, and Vouched for the names of an approved one, which only operators change.
    """
    _demand_readable(organization)
    with durable.commit():
        stored = _locked(organization)
        renamed = any(getattr(stored, name) != getattr(organization, name) for name in VOUCHED)
        if renamed and stored.approved_at and by is not None and not by.is_superuser:
            raise Vouched
        organization.approved_at = stored.approved_at
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


def approve(*, organization: Organization, by: User | None, at: datetime) -> Organization:
    """Let an organization publish: somebody of the platform has looked at who it is. Raises Approved."""
    with durable.commit():
        stored = _locked(organization)
        if stored.approved_at is not None:
            raise Approved
        stored.approved_at = at
        stored.save(update_fields=("approved_at",))
        _record(EventName.ORGANIZATION_APPROVED, stored, by, at)
    return stored


def grant(*, organization: Organization, user: User, role: Role, by: User | None, at: datetime) -> Membership:
    """Give a user a role, instead of the one they had. Raises LastOwner.

    Whoever decides of the team no longer has invited nobody either.
    """
    with durable.commit():
        _locked(organization)
        if role != Role.OWNER:
            _demand_another_owner(organization, user)
        if not roles.may(role, Action.TEAM):
            invitations.void(organization=organization, by=user, at=at)
        membership, _created = Membership.objects.update_or_create(
            organization=organization, user=user, defaults={"role": role}
        )
        data: dict[str, str | int] = {"user": user.pk, "role": str(role)}
        _record(EventName.ROLE_GRANTED, organization, by, at, data)
    return membership


def revoke(*, organization: Organization, user: User, by: User | None, at: datetime) -> None:
    """Take a user's role away, and what they offered to others. Raises NotMember, LastOwner."""
    with durable.commit():
        _locked(organization)
        membership = Membership.objects.filter(organization=organization, user=user).first()
        if membership is None:
            raise NotMember
        _demand_another_owner(organization, user)
        data: dict[str, str | int] = {"user": user.pk, "role": membership.role}
        _record(EventName.ROLE_REVOKED, organization, by, at, data)
        membership.delete()
        invitations.void(organization=organization, by=user, at=at)


def _locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update().get(pk=organization.pk)


def _demand_another_owner(organization: Organization, user: User) -> None:
    owners = Membership.objects.filter(organization=organization, role=Role.OWNER, user__is_active=True)
    if set(owners.values_list("user_id", flat=True)) == {user.pk}:
        raise LastOwner


def _record(
    name: EventName,
    organization: Organization,
    by: User | None,
    at: datetime,
    data: dict[str, str | int] | None = None,
) -> None:
    events.record(name=name, subject=organization.code, by=events.actor(by), at=at, data=data)


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
    _record(EventName.ORGANIZATION_CHANGED, organization, by, at)
