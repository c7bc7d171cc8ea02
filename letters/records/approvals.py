"""One person asks, another gives: the rows of it, in the transaction of whatever it is for."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import ApprovalKind
from letters.models import Approval, User
from letters.refusal import Refusal


class SamePerson(Refusal):
    """Two people means two."""

    message = _("You asked for it yourself. Somebody else has to approve it.")


class NotStanding(Refusal):
    """It was answered, taken back, overtaken, or is too old."""

    message = _("This question is not open any more. Ask again.")


def ask(*, approval: Approval, by: User, at: datetime) -> Approval:
    """Add a question for a second person; an earlier one of this kind about the same thing is void.

    The row says what it is for, about what, and what the second person is shown. Whoever calls this adds the
    event APPROVAL_ASKED: see `events.of_approval`.
    """
    durable.demand()
    same = Approval.objects.filter(kind=approval.kind, subject=approval.subject, ended_at=None)
    same.update(ended_at=at)
    approval.reason = approval.reason.strip()
    approval.asked_by, approval.asked_at = by, at
    approval.save(force_insert=True)
    return approval


def locked(*, pk: int, at: datetime) -> Approval:
    """Return a question that nobody has answered, locked. Raises NotStanding."""
    durable.demand()
    rows = Approval.objects.waiting(at=at).select_for_update(of=("self",))
    found = rows.select_related("letter", "organization").filter(pk=pk).first()
    if found is None:
        raise NotStanding
    return found


def give(*, approval: Approval, grounds: str, by: User, at: datetime) -> None:
    """Let a second person agree to a locked question; `grounds` says why. Raises SamePerson."""
    durable.demand()
    if approval.asked_by_id == by.pk:
        raise SamePerson
    approval.given_by, approval.given_at, approval.grounds = by, at, grounds.strip()
    approval.save(update_fields=("given_by", "given_at", "grounds"))


def end(*, approval: Approval, at: datetime) -> None:
    """Let a question and its answer be of no more use."""
    durable.demand()
    approval.ended_at = at
    approval.save(update_fields=("ended_at",))


def spend(*, kind: ApprovalKind, subject: str, digest: bytes, at: datetime) -> Approval | None:
    """Use what was given for exactly this; return it, or None where nothing was."""
    durable.demand()
    given = Approval.objects.standing(at=at).exclude(given_at=None).select_for_update()
    found = given.filter(kind=kind, subject=subject, digest=digest).first()
    if found:
        end(approval=found, at=at)
    return found
