"""The daily records, to look at, and what is wrong with one, to say beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.admin.forms import OneLine
from letters.admin.moments import moment
from letters.admin.pages import Record, Served, person
from letters.admin.rights import Rights, within
from letters.admin.site import page_of
from letters.models import Correction, Letter, Snapshot
from letters.roles import Action
from letters.services import snapshots


@page_of(Snapshot)
class Snapshots(Record):
    """How each day (UTC) left the number of each letter. Nothing changes them."""

    rights = Rights(view=Action.SEE_NUMBERS)
    list_display = ("day", "letter", "count", "frozen")
    list_filter = ("letter",)
    list_select_related = ("letter", "checkpoint")
    fields = ("day", "letter", "count", "checkpoint", "other", "not_stated", "frozen")
    frozen = moment("frozen_at", _("frozen"))

    @admin.display(description=_("signatures"))
    def count(self, row: Snapshot) -> int:
        """The number."""
        return int(row.checkpoint.parts["count"])


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """Which record, what is wrong with it, and who says so. Readers see all of it, for good."""

    letter = forms.ModelChoiceField(label=_("Letter"), queryset=Letter.objects.none())
    day = forms.DateField(label=_("Day (UTC)"), widget=forms.DateInput(attrs={"type": "date"}))
    wrong = OneLine(label=_("What is wrong"), max_length=limits.CORRECTION_MAX)
    said_by = OneLine(label=_("Who says so"), max_length=limits.CHECKED_BY_MAX)

    letters: QuerySet[Letter]
    """Those whose records whoever asks may correct."""

    class Meta:
        model = Correction
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["letter"]
        chosen.queryset = self.letters

    def clean(self) -> dict[str, Any]:
        """Find the record."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "letter" in cleaned and "day" in cleaned:
            rows = Snapshot.objects.select_related("letter")
            self.snapshot = rows.filter(letter=cleaned["letter"], day=cleaned["day"]).first()
            if self.snapshot is None:
                raise ValidationError({"day": _("This letter has no record of that day.")})
        return cleaned


@page_of(Correction)
class Corrections(Served):
    """Said once, beside a record that stays as it is. Nobody takes one back."""

    rights = Rights(view=Action.SEE_NUMBERS, add=Action.PUBLISH)
    home = "snapshot__letter__organization_id"
    form = CorrectionForm
    list_display = ("wrong", "letter", "day", "said_by", "since")
    list_select_related = ("snapshot__letter",)
    sortable_by = ()
    since = moment("at", _("since"))

    @admin.display(description=_("letter"))
    def letter(self, row: Correction) -> str:
        """The letter's address."""
        return row.snapshot.letter.slug

    @admin.display(description=_("day"))
    def day(self, row: Correction) -> str:
        """The day of the record."""
        return str(row.snapshot)

    def get_fields(self, request: HttpRequest, obj: Correction | None = None) -> tuple[str, ...]:
        """Ask for the letter and the day; afterwards it is looked at."""
        return ("snapshot", "wrong", "said_by", "since") if obj else ("letter", "day", "wrong", "said_by")

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let the form offer the letters for which whoever asks may publish."""
        form: Any = super().get_form(request, *args, **kwargs)
        rows = Letter.objects.exclude(published_at=None).order_by("slug")
        form.letters = within(request, self.rights.add, rows, home="organization_id")
        return form

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        """Say it by the service, which makes the row."""
        cleaned = form.cleaned_data
        made = snapshots.correct(
            snapshot=form.snapshot,
            wrong=cleaned["wrong"],
            said_by=cleaned["said_by"],
            by=person(request),
            at=timezone.now(),
        )
        obj.pk, obj.snapshot, obj.wrong = made.pk, made.snapshot, made.wrong

    def subject(self, row: Correction) -> str:
        """Events name a letter by its public id."""
        return row.snapshot.letter.public_id
