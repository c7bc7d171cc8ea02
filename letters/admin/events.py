"""The audit trail, to look at: who did what, and who looked at what was told in confidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from letters.admin import shelf, told, trail
from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.rights import Rights, reach, within
from letters.admin.site import page_of
from letters.admin.trail import Telling
from letters.models import Event, Letter, User
from letters.models.event import BY_PEOPLE
from letters.queries import teams
from letters.roles import Action

EVERYBODY: Final = "all"
MOST: Final = 200
"""Choices of a filter."""
Choices = list[tuple[str, str]]


class Who(admin.SimpleListFilter):
    """What people at the desk did, unless somebody asks for all: signatories and tasks write far more."""

    title = _("kind of person")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> list[tuple[str, Any]]:
        """Return what else there is than people at the desk."""
        return [(EVERYBODY, _("Everybody, tasks too"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Offer people at the desk where other filters offer all."""
        people, *others = super().choices(changelist)
        yield {**people, "display": _("People at the desk")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return what they did."""
        return queryset if self.value() == EVERYBODY else queryset.filter(BY_PEOPLE)


class Chosen(admin.SimpleListFilter):
    """One of many, which would fill the page as a list."""

    template = "admin/letters/event/chosen.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Return the choices, and what else the address asks for."""
        others = {name: value for name, value in changelist.params.items() if name != self.parameter_name}
        offered = [(str(value), says, str(value) == self.value()) for value, says in self.lookup_choices]
        yield {"name": self.parameter_name, "others": others, "offered": offered}


class ByPerson(Chosen):
    """By who did it: those who work where somebody may read the trail."""

    title = _("person")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> Choices:
        """Return the people, by name."""
        people = User.objects.filter(is_active=True)
        if not reach(request).everything:
            own = reach(request).organizations(Action.AUDIT)
            people = people.filter(memberships__organization__in=own).distinct()
        return [(str(user.pk), str(user)) for user in people.order_by("name", "email")[:MOST]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return what the chosen person did."""
        return queryset.filter(BY_PEOPLE, actor=f"user:{self.value()}") if self.value() else queryset


class ByWhat(Chosen):
    """By what was done. Asking the table which names it holds would read all of it."""

    title = _("what was done")
    parameter_name = "event"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> Choices:
        """Return all that there can be, by its words."""
        return sorted(((name, str(words)) for name, words in told.WHAT.items()), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events with the chosen name."""
        return queryset.filter(name=self.value()) if self.value() else queryset


class ByLetter(Chosen):
    """By the letter that it was about, or that it belonged to."""

    title = _("letter")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> Choices:
        """Return the newest letters whose trail somebody may read."""
        letters = within(request, Action.AUDIT, Letter.objects.all(), home="organization_id")
        newest = shelf.named(letters.order_by("-pk"))[:MOST]
        return [(letter.public_id, shelf.title(letter)) for letter in newest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return what was done with the chosen letter."""
        code = self.value()
        return queryset.filter(Q(subject=code) | Q(letter=code)) if code else queryset


class ByDay(admin.SimpleListFilter):
    """By a day (UTC), which is typed or picked."""

    title = _("day (UTC)")
    parameter_name = "day"
    template = "admin/letters/event/day.html"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> Choices:
        """Return something: a filter without a choice is left out."""
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Return the day that is chosen, and what else the address asks for."""
        others = {name: value for name, value in changelist.params.items() if name != self.parameter_name}
        yield {"day": self.value() or "", "others": others, "all": changelist.get_query_string(others)}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return what was done on the chosen day."""
        if not self.value():
            return queryset
        try:
            chosen = date.fromisoformat(self.value() or "")
        except ValueError as error:
            raise IncorrectLookupParameters from error
        first = datetime(chosen.year, chosen.month, chosen.day, tzinfo=UTC)
        return queryset.filter(at__gte=first, at__lt=first + timedelta(days=1))


class Trail(ChangeList):
    """A page of events, each in words."""

    def get_results(self, request: HttpRequest) -> None:
        """Look up what the events of this page name."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        for row, telling in zip(self.result_list, trail.tell(request, self.result_list), strict=True):
            row.telling = telling


@page_of(Event)
class Events(Record):
    """What was done, by whom, when."""

    rights = Rights(view=Action.AUDIT)
    list_display = ("when", "who", "what", "about", "details")
    list_filter = (Who, ByPerson, ByWhat, ByLetter, ByDay)
    search_fields = ("subject__exact",)
    search_help_text = _("A whole public id, uid or address.")
    fields = ("when", "who", "what", "about", "details", "name", "subject", "actor", "letter", "data")
    when = moment("at", _("at"))

    @admin.display(description=_("who"))
    def who(self, row: Event) -> str:
        """The person's name, or what they are."""
        return _of(row).who

    @admin.display(description=_("did what"))
    def what(self, row: Event) -> str:
        """In words."""
        return _of(row).what

    @admin.display(description=_("about"))
    def about(self, row: Event) -> str:
        """The title of the letter, or the name of the organization or person."""
        return _of(row).about

    @admin.display(description=_("more"))
    def details(self, row: Event) -> str:
        """What stands beside it."""
        return "; ".join(_of(row).details)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Tell each event in words."""
        return Trail

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Event | None:
        """Bring the words along."""
        row: Event | None = super().get_object(request, object_id, from_field)
        if row:
            [row.telling] = trail.tell(request, [row])  # type: ignore[attr-defined]  # kept for the page
        return row

    def heading(self, row: Event) -> str:
        """It is called by what was done."""
        return f"{_of(row).who} {_of(row).what}"

    def own(self, request: HttpRequest, rows: QuerySet[Event]) -> QuerySet[Event]:
        """Show a team what was done with its organization and its letters, an operator everything."""
        found = reach(request)
        if found.everything:
            return rows
        subjects = teams.subjects(reach=found)
        return rows.filter(Q(subject__in=subjects) | Q(letter__in=subjects))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever reads the trail: a row that was found is theirs."""
        return super().has_view_permission(request)


def _of(row: Event) -> Telling:
    telling: Telling = row.telling  # type: ignore[attr-defined]  # kept for the page
    return telling
