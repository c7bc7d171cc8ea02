"""Reasons that signatories gave: a person reads each before a reader does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.admin.pages import Bounded, Served, person
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.enums import ReasonDisplay
from letters.models import Reason
from letters.roles import Action
from letters.services import reasons

DECISIONS = (
    (ReasonDisplay.SHOWN.value, _("Show it with the name")),
    (ReasonDisplay.DECLINED.value, _("Do not show it")),
)


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """What becomes of a reason."""

    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS, widget=forms.RadioSelect)

    class Meta:
        model = Reason
        fields = ()


@page_of(Reason)
class Reasons(Served):
    """Those that wait, and what was decided of the others."""

    rights = Rights(view=Action.MODERATE, change=Action.MODERATE)
    form = DecisionForm
    paginator = Bounded
    list_display = ("reason", "name", "letter", "reason_display")
    list_filter = ("reason_display", "letter")
    list_select_related = ("letter",)
    ordering = ("-pk",)
    sortable_by = ()
    fields = ("reason", "name", "role", "affiliation", "letter", "reason_display", "decision")
    readonly_fields = ("reason", "name", "role", "affiliation", "letter", "reason_display")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reason]:
        """Leave sealed columns in the database."""
        return super().get_queryset(request).defer("email_key", "email_sealed", "salt_sealed")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: signatories give them."""
        return False

    def save_model(self, request: HttpRequest, obj: Reason, form: Any, change: bool) -> None:
        """Decide by the service."""
        decide = reasons.show if form.cleaned_data["decision"] == ReasonDisplay.SHOWN else reasons.decline
        decide(uid=obj.uid, by=person(request), at=timezone.now())

    def save_related(self, *args: Any, **kwargs: Any) -> None:
        """Nothing hangs on a reason."""

    def subject(self, row: Reason) -> str:
        """Events name a signature by its uid."""
        return str(row.uid)

    def heading(self, row: Model) -> str:
        """Call it by the name under it."""
        return str(getattr(row, "name", row))
