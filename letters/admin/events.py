"""The audit trail, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.rights import Rights, reach
from letters.admin.site import page_of
from letters.enums import EventName
from letters.models import Event
from letters.queries import teams
from letters.roles import Action


class ByName(admin.SimpleListFilter):
    """By what happened. Asking the table which names it holds would read all of it."""

    title = _("event")
    parameter_name = "event"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> list[tuple[str, str]]:
        """Return the names that there can be."""
        return [(name.value, name.value) for name in EventName]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events with the chosen name."""
        return queryset.filter(name=self.value()) if self.value() else queryset


@page_of(Event)
class Events(Record):
    """What was done, by whom, when."""

    rights = Rights(view=Action.AUDIT)
    list_display = ("when", "name", "subject", "actor", "data")
    list_filter = (ByName,)
    search_fields = ("subject__exact",)
    search_help_text = _("A whole public id, uid or address.")
    fields = ("when", "name", "subject", "actor", "data")
    when = moment("at", _("at"))

    def own(self, request: HttpRequest, rows: QuerySet[Event]) -> QuerySet[Event]:
        """Show a team what was done with its organization and its letters, an operator everything.

        Events of one signature or report stand in the history of its page: no column ties them to a team.
        """
        found = reach(request)
        return rows if found.everything else rows.filter(subject__in=teams.subjects(reach=found))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever reads the trail: a row that was found is theirs."""
        return super().has_view_permission(request)
