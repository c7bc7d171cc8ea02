"""Mails to many: how far they are, and a button to stop them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.admin.acting import Act, Acting
from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.enums import MessageState
from letters.models import Mailing, User
from letters.queries import mailings as asked
from letters.roles import Action
from letters.services import mailings

DONE: Final = (MessageState.SENT, MessageState.SKIPPED, MessageState.BOUNCED, MessageState.FAILED)


def _stopping(mailing: Mailing, at: datetime) -> list[str]:
    return [
        _("Mails that have left stay where they are. All others are not sent."),
        _("What they tell of stays public. They cannot be sent again."),
    ]


def _stop(mailing: Mailing, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return mailings.stop(mailing_id=mailing.pk, by=by, at=at)


STOP: Final = Act(
    name="stop",
    button=gettext_lazy("Stop these mails"),
    question=gettext_lazy("Stop these mails?"),
    done=gettext_lazy("The mails are stopped."),
    fits=lambda mailing: mailing.can_stop,
    service=_stop,
    consequences=_stopping,
)


@page_of(Mailing)
class Mailings(Acting, Record):
    """Updates, amendments and the ends of letters, as far as they were mailed."""

    acts = (STOP,)
    acting = Action.SEND
    rights = Rights(view=Action.SEND)
    list_display = ("kind", "letter", "state", "queued", "begins", "ended")
    list_filter = ("letter", "kind", "state")
    list_select_related = ("letter",)
    fieldsets = (
        (None, {"fields": ("kind", "letter", "state")}),
        (gettext_lazy("Mails"), {"fields": ("queued", "mails")}),
        (gettext_lazy("Times"), {"fields": ("begun", "begins", "ended")}),
    )
    begun = moment("created_at", gettext_lazy("begun"))
    begins = moment("begins_at", gettext_lazy("queued from"))
    ended = moment("ended_at", gettext_lazy("ended"))

    @admin.display(description=gettext_lazy("how far they are"))
    def mails(self, row: Mailing) -> str:
        """How many wait, have left, or were not needed."""
        known = asked.progress(mailing=row)
        shown = [(state, known.get(state, 0)) for state in (MessageState.QUEUED, *DONE)]
        return ", ".join(f"{state.label}: {number}" for state, number in shown if number) or "–"

    def heading(self, row: Mailing) -> str:
        """It is called by what it tells, and of which letter."""
        return f"{row.get_kind_display()}: {row.letter}"
