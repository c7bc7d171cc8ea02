"""The two kinds of pages at the desk: those that call services, and those that only show."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from psycopg import errors

from letters.admin import trail
from letters.admin.rights import Guarded
from letters.enums import READS
from letters.models import Event, User
from letters.refusal import Refusal

PAGES: Final = require_http_methods(("GET", "HEAD", "POST"))
"""For a page that asks and then does."""
MOST_ROWS: Final = 10_000  # nobody leafs through more; counting and skipping stay cheap
PER_PAGE: Final = 50
OVERTAKEN: Final = _(
    "This could not be saved, because somebody else changed it at the same time. "
    "Look at it as it is now, then change it again."
)


def person(request: HttpRequest) -> User:
    """Return who is at the desk."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def was_overtaken(error: DatabaseError) -> bool:
    """Whether a constraint or a trigger refused it: somebody else was faster than the form's own checks."""
    return isinstance(error.__cause__, errors.IntegrityError | errors.RaiseException)


class Bounded(Paginator):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """Counts no further than anybody leafs, so that a million rows cost as much as ten thousand."""

    @cached_property
    def count(self) -> int:
        """The number of rows, at most MOST_ROWS."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_ROWS].count())

    @property
    def is_full(self) -> bool:
        """Whether there may be more rows."""
        return self.count == MOST_ROWS


class Named(Guarded):
    """Pages whose headings say what they show. Nobody deletes, and nothing is done to many rows at once."""

    actions = None
    list_per_page = PER_PAGE
    list_max_show_all = PER_PAGE
    show_full_result_count = False  # it counts what no search was asked for
    show_facets = admin.ShowFacets.NEVER  # they count every row for every choice

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: what was published stays, events name people by their number, and a draft harms nobody."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show one row, with one button to save it."""
        if kwargs.get("obj"):
            context |= {"title": self.heading(kwargs["obj"]), "subtitle": None}
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def heading(self, row: Any) -> str:
        """Return how a person calls a row."""
        return str(row)


class Told(Named):
    """Rows whose history is what the trail of events says of them."""

    def subject(self, row: Any) -> str:
        """Return how events name a row; empty where none is about it."""
        return ""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what was done with a row, from the trail of events."""
        row = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404(object_id)
        told = Event.objects.filter(subject=self.subject(row)).exclude(name__in=READS)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": self.heading(row),
            "opts": self.opts,
            "original": row,
            "heading": self.heading(row),
            "events": trail.tell(request, told[:PER_PAGE]),
        }
        return TemplateResponse(request, "admin/letters/history.html", context)


class Record(Told):
    """Rows that are looked at and never touched. `fields` names what is shown, the rest stays unread."""

    paginator = Bounded
    sortable_by = ()  # sorting a million rows takes seconds
    ordering = ("-pk",)
    unread: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave sealed and secret columns in the database."""
        return super().get_queryset(request).defer(*self.unread)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let an address filter by what the page offers and by nothing else."""
        offered = {getattr(one, "parameter_name", one) for one in self.list_filter}
        field = lookup.split("__", maxsplit=1)[0]
        return field in offered and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False


class Served(Told):
    """Rows that change through services only; the trail of events is their history."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Open no transaction around the services, and say what they refuse."""
        try:
            page: HttpResponse = self._changeform_view(  # type: ignore[attr-defined]  # not in its types
                request, object_id, form_url, extra_context
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        except DatabaseError as error:
            if not was_overtaken(error):
                raise
            messages.error(request, str(OVERTAKEN))
        else:
            return page
        return HttpResponseRedirect(request.get_full_path())

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the service has recorded an event."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the service has recorded an event."""


class Lifted(Served):
    """Rows that a service can also take away. `delete_model` calls it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who may put one may take it away."""
        return self.may(request, self.rights.add, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Open no transaction around the service, and say what it refuses."""
        try:
            page: HttpResponse = self._delete_view(  # type: ignore[attr-defined]  # not in its types
                request, object_id, extra_context
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(reverse(f"admin:letters_{self.opts.model_name}_changelist"))
        return page

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Go back to the list, also those who may change nothing in it."""
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(reverse(f"admin:letters_{self.opts.model_name}_changelist"))

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Say what it is, as people call it."""
        row = context["object"]
        context |= {"title": _("Delete this?"), "subtitle": self.heading(row)}
        context |= {"original": row, "heading": self.heading(row)}
        return super().render_delete_form(request, context)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[LogEntry]:
        """Write nothing: the service has recorded an event."""
        return []
