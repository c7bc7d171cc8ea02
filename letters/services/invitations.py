"""Asking people by mail to work here."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from letters import crypto, durable, limits
from letters.enums import EventName, MessageKind, Role
from letters.models import Invitation, Membership, Organization, User
from letters.models.invitation import InvitationQuerySet, invited_context
from letters.records import events, invitations, logins, outbox
from letters.refusal import Refusal

PLATFORM: Final = "platform"
"""How events name the site itself."""


class NotApproved(Refusal):
    """Nobody has looked yet at who causes these mails."""

    message = _(
        "Nobody gets mail because of an organization that waits for its approval. Invite people afterwards."
    )


class TooMany(Refusal):
    """A team does not grow as fast."""

    message = _("So many people were invited today that no more mails leave. Invite the others tomorrow.")


class NotOpen(Refusal):
    """It was accepted, taken back, or is too old."""

    message = _("This invitation is not open any more.")


class HasLogin(Refusal):
    """Whoever has a login uses it."""

    message = _("This address has a login by now. Open the link again and log in.")


class OtherLogin(Refusal):
    """The mail went to somebody else."""

    message = _("This invitation is for another address. Log in with that one.")


def invite(
    *, organization: Organization | None, role: Role | None, email: str, by: User | None, at: datetime
) -> Invitation:
    """Offer a role to an address, by mail; an older offer to it is void. Raises NotApproved, TooMany.

    Without an organization and a role the platform itself is meant.
    """
    uid = uuid4()
    address = User.objects.normalize_email(email)
    with durable.commit():
        _demand_may_mail(organization, at)
        for older in _open(organization, at):
            if older.address == address:
                invitations.settle(invitation=older, at=at)
        invitation = Invitation.objects.create(
            uid=uid,
            organization=organization,
            role=role or "",
            email_sealed=crypto.seal(address, context=invited_context(uid)),
            invited_by=by,
            created_at=at,
        )
        _record(EventName.INVITATION_SENT, invitation, events.actor(by), at)
        outbox.invite(kind=MessageKind.INVITATION, subject=uid, at=at)
    return invitation


def revoke(*, organization: Organization | None, pk: int, by: User | None, at: datetime) -> None:
    """Take an invitation back. Raises NotOpen."""
    with durable.commit():
        invitation = _open(organization, at).select_for_update().filter(pk=pk).first()
        if invitation is None:
            raise NotOpen
        invitations.settle(invitation=invitation, at=at)
        _record(EventName.INVITATION_REVOKED, invitation, events.actor(by), at)


def join(*, uid: UUID, name: str, password: str, at: datetime) -> User:
    """Make the login of whoever is invited, with the role. Raises NotOpen, HasLogin."""
    with durable.commit():
        invitation, address = _locked(uid, at)
        if User.objects.filter(email=address).exists():
            raise HasLogin
        user = logins.make(email=address, password=password, name=name, at=at)
        events.record(name=EventName.USER_CREATED, subject=f"user:{user.pk}", by=events.SYSTEM, at=at)
        _accept(invitation, user, at)
    return user


def accept(*, uid: UUID, user: User, at: datetime) -> None:
    """Add the role to the login of whoever is invited. Raises NotOpen, OtherLogin.

    Whoever is in the team by now keeps the role that they have.
    """
    with durable.commit():
        invitation, address = _locked(uid, at)
        if user.email != address:
            raise OtherLogin
        _accept(invitation, user, at)


def forget(*, at: datetime) -> int:
    """Delete invitations, whole, once nobody can accept them; return how many, a bounded number."""
    with durable.commit():
        old = Invitation.objects.filter(created_at__lte=at - limits.INVITED_FOR)
        ids = list(old.values_list("pk", flat=True)[: limits.ROWS_AT_ONCE])
        return Invitation.objects.filter(pk__in=ids).delete()[0]


def _demand_may_mail(organization: Organization | None, at: datetime) -> None:
    if organization is None:
        return
    stored = Organization.objects.select_for_update().get(pk=organization.pk)
    if stored.approved_at is None:
        raise NotApproved
    since = at - limits.INVITED_WITHIN
    if Invitation.objects.filter(organization=stored, created_at__gt=since).count() >= limits.INVITED_MOST:
        raise TooMany


def _open(organization: Organization | None, at: datetime) -> InvitationQuerySet:
    return Invitation.objects.open(at=at).filter(organization=organization)


def _locked(uid: UUID, at: datetime) -> tuple[Invitation, str]:
    rows = Invitation.objects.open(at=at).select_for_update(of=("self",)).select_related("organization")
    invitation = rows.filter(uid=uid).first()
    address = invitation.address if invitation else None
    if invitation is None or address is None:
        raise NotOpen
    return invitation, address


def _accept(invitation: Invitation, user: User, at: datetime) -> None:
    home, by = invitation.organization, events.actor(user)
    invitations.settle(invitation=invitation, at=at)
    _record(EventName.INVITATION_ACCEPTED, invitation, by, at)
    if home is None:
        user.is_superuser = True
        user.save(update_fields=("is_superuser",))
    elif not Membership.objects.filter(organization=home, user=user).exists():
        Membership.objects.create(organization=home, user=user, role=invitation.role)
        given: dict[str, str | int] = {"user": user.pk, "role": invitation.role}
        events.record(name=EventName.ROLE_GRANTED, subject=home.code, by=by, at=at, data=given)


def _record(name: EventName, invitation: Invitation, by: str, at: datetime) -> None:
    home = invitation.organization
    subject = home.code if home else PLATFORM
    data: dict[str, str | int] = {"invitation": invitation.pk, "role": invitation.role}
    events.record(name=name, subject=subject, by=by, at=at, data=data)
