"""Which rows a page of the desk shows to whom, and who may do what with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest

from letters.models import Letter, Organization
from letters.queries import teams
from letters.queries.teams import Reach
from letters.roles import Action

HOMES: Final[Mapping[type[Model], str]] = MappingProxyType(
    {Organization: "pk", Letter: "organization_id"},
)
"""The way from what can be chosen in a form or a filter to the organization that it belongs to."""


@dataclass(frozen=True)
class Rights:
    """Which action opens a page, and which is needed to add and change rows there.

    None leaves it to the platform's operators: a page that says nothing is theirs alone.
    """

    view: Action | None = None
    add: Action | None = None
    change: Action | None = None


def reach(request: HttpRequest) -> Reach:
    """Return what whoever is at the desk may do. It is read once for a request."""
    found: Reach | None = getattr(request, "reach", None)
    if found is None:
        found = teams.reach(user=request.user)
        request.reach = found  # type: ignore[attr-defined]  # a request keeps what belongs to it
    return found


def may(request: HttpRequest, action: Action | None, *, organization_id: int | None) -> bool:
    """Return whether an action may be done for one organization; no action is an operator's."""
    found = reach(request)
    return found.everything or (action is not None and found.may(action, organization_id))


def may_somewhere(request: HttpRequest, action: Action | None) -> bool:
    """Return whether an action may be done for any organization; no action is an operator's."""
    found = reach(request)
    return found.everything or (action is not None and found.may_somewhere(action))


def within(request: HttpRequest, action: Action | None, rows: QuerySet[Any], *, home: str) -> QuerySet[Any]:
    """Return those rows that belong to organizations for which an action may be done."""
    found = reach(request)
    if found.everything:
        return rows
    return rows.filter(**{f"{home}__in": found.organizations(action)}) if action else rows.none()


class Own(admin.RelatedFieldListFilter):
    """By a letter or an organization. Those of others are not named."""

    template = "admin/letters/choice.html"
    others: Mapping[str, str]
    """What else the list is filtered by."""
    all: str
    """The list without this filter."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Return what can be chosen from a list that may be long."""
        own = [self.lookup_kwarg, self.lookup_kwarg_isnull]
        self.others = {name: value for name, value in changelist.params.items() if name not in (*own, "p")}
        self.all = changelist.get_query_string(remove=own)
        chosen = self.lookup_val or ()
        for pk, called in self.lookup_choices:
            yield {"value": pk, "display": called, "selected": str(pk) in chosen}

    def field_choices(
        self, field: RelatedField[Any, Any], request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        """Return those of which the page can show anything."""
        model: Any = field.related_model
        rights = getattr(model_admin, "rights", Rights())
        rows = within(request, rights.view, QuerySet(model), home=HOMES[model])
        ordering = self.field_admin_ordering(field, request, model_admin)
        return [(row.pk, str(row)) for row in rows.order_by(*ordering)]


class Guarded(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A page whose rows each belong to an organization. `home` is the way there, `rights` who goes it."""

    rights = Rights()
    home = "letter__organization_id"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Find nothing that belongs to others, so that a guessed number leads nowhere."""
        return self.own(request, super().get_queryset(request))

    def own(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those rows of which whoever asks may see anything."""
        return within(request, self.rights.view, rows, home=self.home)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may open the page sees its name."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By the rights of the page."""
        return self.may(request, self.rights.view, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By the rights of the page."""
        return self.may(request, self.rights.add)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By the rights of the page."""
        return self.may(request, self.rights.change, obj)

    def may(self, request: HttpRequest, action: Action | None, row: Model | None = None) -> bool:
        """Return whether an action may be done with a row, or with any."""
        if row is None:
            return may_somewhere(request, action)
        return may(request, action, organization_id=self.organization_of(row))

    def organization_of(self, row: Model) -> int | None:
        """Return the id of the organization that a row belongs to, or None for the whole site's."""
        found: Any = row
        for name in self.home.split("__"):
            found = getattr(found, name, None)
        return found if isinstance(found, int) else None

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer what belongs to organizations for which whoever asks may do what the form does."""
        model = db_field.remote_field.model
        if model in HOMES:
            action = self.rights.add or self.rights.change
            rows = kwargs.get("queryset", QuerySet(model))
            kwargs["queryset"] = within(request, action, rows, home=HOMES[model])
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Name no letter and no organization of others in a filter."""
        return [(one, Own) if one in {"letter", "organization"} else one for one in self.list_filter]
