"""Names that readers say are wrong: read what they say, look for the name, and settle it with a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.admin.moments import moment
from letters.admin.pages import PAGES, Bounded, Served, person
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.models import Report
from letters.roles import Action
from letters.services import reports


class Open(admin.SimpleListFilter):
    """Those that wait, unless somebody asks for the others."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Report]) -> list[tuple[str, Any]]:
        """Return what else there is than open ones."""
        return [("settled", _("Settled"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Offer the open ones where other filters offer all."""
        waiting, *others = super().choices(changelist)
        yield {**waiting, "display": _("Open")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """Return the reports in the chosen state."""
        return queryset.filter(settled_at__isnull=self.value() != "settled")


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """What was decided."""

    note = forms.CharField(
        label=_("Decision"),
        max_length=limits.REPORT_NOTE_MAX,
        widget=AdminTextInputWidget,
        help_text=_("What you decided, and why. Whoever wanted an answer gets these words by mail."),
    )

    class Meta:
        model = Report
        fields = ()


@page_of(Report)
class Reports(Served):
    """Settling a report stores what was decided; it changes no signature."""

    rights = Rights(view=Action.MODERATE, change=Action.MODERATE)
    form = ReportForm
    paginator = Bounded
    list_display = ("name", "letter", "reason", "reported", "wants_answer", "settled")
    list_filter = (Open, "letter", "reason")
    list_select_related = ("letter",)
    ordering = ("created_at",)
    sortable_by = ()
    reported = moment("created_at", _("reported"))
    settled = moment("settled_at", _("settled"))

    @admin.display(description=_("wants an answer"), boolean=True)
    def wants_answer(self, row: Report) -> bool:
        """Whether an address was given."""
        return row.email_sealed is not None

    @admin.display(description=_("wants an answer"))
    def answer(self, row: Report) -> str:
        """The way to the address."""
        if row.email_sealed is None:
            return str(_("No"))
        page = reverse("admin:letters_report_address", args=[row.pk])
        return format_html('<a href="{}">{}</a>', page, _("Show the address"))

    @admin.display(description=_("settled by"))
    def settler(self, row: Report) -> str:
        """Who decided, without the way to a page of logins."""
        return str(row.settled_by or "")

    def get_fields(self, request: HttpRequest, obj: Report | None = None) -> tuple[str, ...]:
        """Show what was said, and ask for the decision or show it."""
        said = ("name", "letter", "reason", "words", "reported", "answer")
        return (*said, "settled", "settler", "note") if obj and obj.settled_at else (*said, "note")

    def get_readonly_fields(self, request: HttpRequest, obj: Report | None = None) -> tuple[str, ...]:
        """Nobody changes what a reader said."""
        return tuple(name for name in self.get_fields(request, obj) if name != "note")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: readers report by the page of the letter."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may, until it is settled."""
        settled = isinstance(obj, Report) and obj.settled_at is not None
        return not settled and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """Settle it by the service."""
        reports.settle(pk=obj.pk, note=form.cleaned_data["note"], by=person(request), at=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        """Add the page that shows an address."""
        page = self.admin_site.admin_view(PAGES(self.address))
        return [path("<int:pk>/address/", page, name="letters_report_address"), *super().get_urls()]

    def address(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what looking at the address means; show it when asked by POST."""
        report = self.get_object(request, str(pk))
        if not super().has_change_permission(request, report):
            raise PermissionDenied
        if report is None or report.email_sealed is None:
            raise Http404(pk)
        shown = request.method == "POST"
        context = {
            **self.admin_site.each_context(request),
            "title": _("Address for the answer"),
            "opts": self.opts,
            "original": report,
            "heading": self.heading(report),
            "address": shown and reports.open_address(pk=pk, by=person(request), at=timezone.now()),
        }
        return TemplateResponse(request, "admin/letters/report/address.html", context)

    def subject(self, row: Report) -> str:
        """Events name a report by its uid."""
        return str(row.uid)
