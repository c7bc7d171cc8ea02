"""What waits for whoever is at the desk, counted no further than it matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.admin import decisions
from letters.admin.rights import reach, within
from letters.enums import Display, MessageState, ReasonDisplay
from letters.models import Approval, Message, Name, Organization, Reason, Report
from letters.roles import Action

MOST: Final = 99
"""More is more: nobody plans by the difference."""
FAILED_LATELY: Final = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """Something to decide, how often, and where."""

    label: str | Promise
    number: int
    page: str

    @property
    def counted(self) -> str:
        """The number as it is shown."""
        return f"{MOST}+" if self.number > MOST else str(self.number)


def names() -> QuerySet[Any]:
    """Return the names that nobody has decided of."""
    rows: QuerySet[Any] = Name.objects.filter(display=Display.WAITING)
    return rows


def reasons() -> QuerySet[Any]:
    """Return the reasons that nobody has read."""
    rows: QuerySet[Any] = Reason.objects.filter(reason_display=ReasonDisplay.WAITING)
    return rows


def reports() -> QuerySet[Report]:
    """Return the reports that nobody has settled."""
    return Report.objects.filter(settled_at=None)


def tasks(request: HttpRequest, *, at: datetime) -> list[Task]:
    """Return what there is to decide for this person, the most urgent first."""
    found = [Task(label, _some(rows), page) for label, rows, page in _kinds(request, at)]
    return [task for task in found if task.number]


def _kinds(request: HttpRequest, at: datetime) -> Iterator[tuple[Any, QuerySet[Any], str]]:
    found = reach(request)
    if decisions.somewhere(request):
        asked = (
            Approval.objects.waiting(at=at).filter(decisions.own(request)).exclude(asked_by=request.user.pk)
        )
        yield _("Another person asks you to approve"), asked, _list("approval")
    if found.everything:
        page = _list("organization", "approved_at__isnull=1")
        yield _("Organizations to approve"), Organization.objects.filter(approved_at=None), page
    if found.may_somewhere(Action.MODERATE):
        yield _("Reports to settle"), _own(request, reports()), _list("report")
        yield _("Names to review"), _own(request, names()), _list("name")
        page = _list("reason", f"reason_display__exact={ReasonDisplay.WAITING}")
        yield _("Reasons to read"), _own(request, reasons()), page
    if found.everything:
        failed = Message.objects.filter(state=MessageState.FAILED, settled_at__gt=at - FAILED_LATELY)
        page = _list("message", f"state__exact={MessageState.FAILED}")
        yield _("Mails given up in the last seven days"), failed, page


def _own(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    return within(request, Action.MODERATE, rows, home="letter__organization_id")


def _list(model: str, query: str = "") -> str:
    page = reverse(f"admin:letters_{model}_changelist")
    return f"{page}?{query}" if query else page


def _some(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: MOST + 1].count()
