"""Names: where a letter asks for that, a person reads each before a reader does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.admin.pages import Bounded, Served, person
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.enums import DeclineReason, Display
from letters.models import Name
from letters.roles import Action
from letters.services import displays

SHOW: Final = "show"


class Waiting(admin.SimpleListFilter):
    """Those that wait, unless somebody asks for the others."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Name]) -> list[tuple[str, Any]]:
        """Return what else there is than waiting ones."""
        return [(one.value, one.label) for one in (Display.DECLINED, Display.SHOWN)]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Offer the waiting ones where other filters offer all."""
        waiting, *others = super().choices(changelist)
        yield {**waiting, "display": Display.WAITING.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Name]) -> QuerySet[Name]:
        """Return the names in the chosen state."""
        return queryset.filter(display=self.value() or Display.WAITING)


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """What becomes of a name, as it stood when the page was opened."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(SHOW, _("Show it")), (_("Do not show it"), DeclineReason.choices)],
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Name
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.seen_digest()


@page_of(Name)
class Names(Served):
    """Those that wait, and what was decided of the others."""

    rights = Rights(view=Action.MODERATE, change=Action.MODERATE)
    form = DecisionForm
    paginator = Bounded
    list_display = ("name", "role", "affiliation", "letter", "display", "declined")
    list_filter = (Waiting, "letter")
    search_fields = ("name",)
    ordering = ("-pk",)
    sortable_by = ()
    readonly_fields = ("name", "role", "affiliation", "country", "letter", "display", "declined")
    fields = (*readonly_fields, "decision", "seen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Name]:
        """Leave sealed columns in the database."""
        rows = super().get_queryset(request).select_related("letter", "text")
        return rows.defer("email_key", "email_sealed", "salt_sealed")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: signatories give them."""
        return False

    def save_model(self, request: HttpRequest, obj: Name, form: Any, change: bool) -> None:
        """Decide by the service."""
        decision, seen = form.cleaned_data["decision"], form.cleaned_data["seen"]
        by, now = person(request), timezone.now()
        if decision == SHOW:
            displays.show(uid=obj.uid, seen=seen, by=by, at=now)
        else:
            displays.decline(uid=obj.uid, seen=seen, reason=DeclineReason(decision), by=by, at=now)

    def save_related(self, *args: Any, **kwargs: Any) -> None:
        """Nothing hangs on a name."""

    def subject(self, row: Name) -> str:
        """Events name a signature by its uid."""
        return str(row.uid)

    def heading(self, row: Model) -> str:
        """Call it by the name."""
        return str(getattr(row, "name", row))
