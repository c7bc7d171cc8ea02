"""What waits for a second person: look at it, then say yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import limits
from letters.admin.acting import Act, Acting
from letters.admin.decisions import DECISIONS, answers, own, somewhere
from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.site import page_of
from letters.enums import ApprovalKind
from letters.models import Approval, User
from letters.services import approvals


class GroundsForm(forms.Form):
    """Why the second person says yes, or no."""

    grounds = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=limits.APPROVAL_REASON_MAX,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("What you looked at, and what you found. Whoever asked reads it."),
    )


def _stands(row: Approval) -> bool:
    return row.given_at is None and row.ended_at is None and row.until > timezone.now()


def _giving(row: Approval, at: datetime) -> list[str]:
    decision = DECISIONS[ApprovalKind(row.kind)]
    found = [str(effect) for effect in decision.effects]
    return [*found, _("Readers see what you write here.")] if decision.publishes else found


def _declining(row: Approval, at: datetime) -> list[str]:
    return [_("Nothing is done. Whoever asked can change it and ask again.")]


def _taking_back(row: Approval, at: datetime) -> list[str]:
    return [_("Nobody can approve it any more. You can ask again.")]


def _give(row: Approval, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return DECISIONS[ApprovalKind(row.kind)].service(pk=row.pk, by=by, at=at, **said)


def _decline(row: Approval, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return approvals.decline(pk=row.pk, by=by, at=at, **said)


def _take_back(row: Approval, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return approvals.take_back(pk=row.pk, by=by, at=at)


GIVE: Final = Act(
    name="give",
    button=gettext_lazy("Approve"),
    question=gettext_lazy("Approve this?"),
    done=gettext_lazy("You have approved it."),
    fits=_stands,
    service=_give,
    consequences=_giving,
    form=GroundsForm,
    leads=True,
    asks_again=True,
)
DECLINE: Final = Act(
    name="decline",
    button=gettext_lazy("Decline"),
    question=gettext_lazy("Decline this?"),
    done=gettext_lazy("You have declined it."),
    fits=_stands,
    service=_decline,
    consequences=_declining,
    form=GroundsForm,
)
TAKE_BACK: Final = Act(
    name="take_back",
    button=gettext_lazy("Ask no longer"),
    question=gettext_lazy("Take this question back?"),
    done=gettext_lazy("Nobody is asked any more."),
    fits=_stands,
    service=_take_back,
    consequences=_taking_back,
)


@page_of(Approval)
class Approvals(Acting, Record):
    """Whoever asked cannot answer."""

    acts = (GIVE, DECLINE, TAKE_BACK)
    list_display = ("what", "about", "asker", "asked", "state")
    fields = ("what", "about", "asker", "asked", "reason", "shown", "state", "giver", "grounds")
    asked = moment("asked_at", gettext_lazy("asked"))

    @admin.display(description=gettext_lazy("what for"))
    def what(self, row: Approval) -> str:
        """Its kind in words."""
        return str(row)

    @admin.display(description=gettext_lazy("about"))
    def about(self, row: Approval) -> str:
        """The letter, the organization, or the site."""
        return str(row.letter or row.organization or _("the platform"))

    @admin.display(description=gettext_lazy("asked by"))
    def asker(self, row: Approval) -> str:
        """Who asked, without the way to a page of logins."""
        return str(row.asked_by)

    @admin.display(description=gettext_lazy("approved by"))
    def giver(self, row: Approval) -> str:
        """Who agreed."""
        return str(row.given_by or "")

    @admin.display(description=gettext_lazy("look at this"))
    def shown(self, row: Approval) -> SafeString:
        """All that the second person has to look at."""
        return DECISIONS[ApprovalKind(row.kind)].shows(row)

    @admin.display(description=gettext_lazy("state"))
    def state(self, row: Approval) -> str:
        """Whether it waits, or what became of it."""
        if _stands(row):
            return _("waits")
        if row.given_at:
            return _("approved")
        return _("over") if row.ended_at else _("too old")

    def own(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Find what this person might be asked for, by kind."""
        beside = ("letter", "asked_by", "given_by", "organization")
        return rows.filter(own(request)).select_related(*beside)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever might answer, or asked."""
        if isinstance(obj, Approval):
            return answers(request, obj) or obj.asked_by_id == request.user.pk
        return somewhere(request)

    def may_act(self, request: HttpRequest, row: Approval) -> bool:
        """Whoever may answer, and whoever asked."""
        return self.has_view_permission(request, row)

    def possible(self, request: HttpRequest, row: Approval) -> list[Act]:
        """Offer an answer to a second person, and to whoever asked the way back."""
        mine = row.asked_by_id == request.user.pk
        return [act for act in super().possible(request, row) if (act is TAKE_BACK) == mine]
