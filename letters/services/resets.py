"""A lost second factor: one person asks, another agrees, then its owner may enrol a new one.

The owner is told by mail as soon as somebody asks, and can stop it: the one who asks may be a thief.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import ApprovalKind, EventName, MessageKind
from letters.models import Approval, Organization, User
from letters.records import approvals, events, outbox, sessions
from letters.refusal import Refusal


class OwnFactor(Refusal):
    """Whoever holds a stolen session must not get rid of the factor in its way."""

    message = _("Nobody asks this for themselves, or agrees to it. Somebody else has to.")


class OfOperator(Refusal):
    """Whoever decides of one organization does not decide of those who run the site."""

    message = _("This person runs the site. Only another operator can ask this for them.")


class NothingToReset(Refusal):
    """There is no factor, or no such person any more."""

    message = _("This person has no second factor, or may not log in at all. Invite them anew.")


def ask(*, user: User, organization: Organization | None, reason: str, by: User, at: datetime) -> Approval:
    """Ask somebody else to agree that a person lost their factors; `reason` says how it was made sure.

    Without an organization another operator is asked. Raises OwnFactor, OfOperator, NothingToReset.
    """
    with durable.commit():
        stored = _locked(user.pk)
        if stored.pk == by.pk:
            raise OwnFactor
        if organization and stored.is_superuser:
            raise OfOperator
        question = Approval(
            kind=ApprovalKind.FACTOR_RESET,
            organization=organization,
            subject=events.actor(stored),
            digest=_digest(stored),
            data={"user": stored.pk},
            reason=reason,
        )
        approval = approvals.ask(approval=question, by=by, at=at)
        events.of_approval(name=EventName.APPROVAL_ASKED, approval=approval, by=events.actor(by), at=at)
        outbox.of_login(kind=MessageKind.FACTOR_ASKED, about=approval.pk, at=at)
    return approval


def give(*, pk: int, grounds: str, by: User, at: datetime) -> None:
    """Agree: all factors and sessions of the person go, and they get a mail with the way to new ones.

    Raises NotStanding, SamePerson, OwnFactor, NothingToReset.
    """
    with durable.commit():
        approval = approvals.locked(pk=pk, at=at)
        user = _locked(approval.data["user"])
        if user.pk == by.pk:
            raise OwnFactor
        approvals.give(approval=approval, grounds=grounds, by=by, at=at)
        approvals.end(approval=approval, at=at)
        name, who = EventName.APPROVAL_GIVEN, events.actor(by)
        told = events.of_approval(name=name, approval=approval, by=who, at=at)
        _reset(user, who, at, told)


def reset_alone(*, email: str, at: datetime) -> User:
    """Do the same without a second person, from the server. Raises NothingToReset."""
    with durable.commit():
        found = User.objects.filter(email=User.objects.normalize_email(email)).first()
        user = _locked(found.pk if found else 0)
        _reset(user, events.SYSTEM, at, {})
    return user


def object_to(*, pk: int, at: datetime) -> None:
    """Stop what somebody asked for a person, on their word. Raises NotStanding."""
    with durable.commit():
        approval = approvals.locked(pk=pk, at=at)
        approvals.end(approval=approval, at=at)
        name = EventName.RESET_OBJECTED
        events.of_approval(name=name, approval=approval, by=approval.subject, at=at)


def _locked(pk: int) -> User:
    user = User.objects.select_for_update().filter(pk=pk, is_active=True).first()
    if user is None or not Authenticator.objects.filter(user_id=user.pk).exists():
        raise NothingToReset
    return user


def _digest(user: User) -> bytes:
    return hashlib.sha256(f"{user.pk}\n{user.email}".encode()).digest()


def _reset(user: User, by: str, at: datetime, told: dict[str, str | int]) -> None:
    Authenticator.objects.filter(user_id=user.pk).delete()
    sessions.end(user=user)
    events.record(name=EventName.FACTOR_RESET, subject=events.actor(user), by=by, at=at, data=told)
    outbox.of_login(kind=MessageKind.FACTOR_RESET, about=user.pk, at=at)
