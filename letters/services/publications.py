"""A second person for the publication of a letter, where its organization wants one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import ApprovalKind, EventName, LetterStatus
from letters.models import Approval, Letter, User
from letters.records import approvals, events, readiness
from letters.records import letters as rows
from letters.records.readiness import Part
from letters.refusal import Refusal


class NotReady(Refusal):
    """Somebody else should look at it when everything else is done."""


class WrongState(Refusal):
    """There is nothing to approve."""

    message = _("This letter waits for nobody’s approval. Reload the page to see how it stands.")


class Changed(Refusal):
    """What would be approved is not what was asked about."""

    message = _("The letter has changed since you were asked. Decline this, and let them ask again.")


def ask(*, letter: Letter, reason: str, by: User, at: datetime) -> Approval:
    """Ask another person to approve a draft exactly as it stands. Raises NotReady, WrongState.

    A change of anything that readers or signatories see makes it void.
    """
    with durable.commit():
        stored = rows.locked(letter=letter)
        if stored.status != LetterStatus.DRAFT or not stored.organization.publishes_by_two:
            raise WrongState
        for check in readiness.checks(letter=stored, at=at):
            if not check.fine and check.part != Part.SECOND:
                raise NotReady(check.says)
        question = Approval(
            kind=ApprovalKind.PUBLICATION,
            organization=stored.organization,
            letter=stored,
            subject=stored.public_id,
            digest=readiness.state(letter=stored),
            reason=reason,
        )
        approval = approvals.ask(approval=question, by=by, at=at)
        events.of_approval(name=EventName.APPROVAL_ASKED, approval=approval, by=events.actor(by), at=at)
    return approval


def approve(*, pk: int, grounds: str, by: User, at: datetime) -> Approval:
    """Agree that a draft is published as it was when somebody asked.

    Raises Changed, NotStanding, SamePerson, WrongState.
    """
    with durable.commit():
        approval = approvals.locked(pk=pk, at=at)
        if approval.letter is None:
            raise WrongState
        stored = rows.locked(letter=approval.letter)
        if stored.status != LetterStatus.DRAFT:
            raise WrongState
        if readiness.state(letter=stored) != bytes(approval.digest):
            raise Changed
        approvals.give(approval=approval, grounds=grounds, by=by, at=at)
        events.of_approval(name=EventName.APPROVAL_GIVEN, approval=approval, by=events.actor(by), at=at)
    return approval
