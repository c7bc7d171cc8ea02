"""Which affiliations are counted as one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.admin.forms import OneLine
from letters.admin.moments import moment
from letters.admin.pages import Lifted, person
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.models import AffiliationMerge
from letters.roles import Action
from letters.services import affiliations


class MergeForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """Two affiliations; which spelling of either makes no difference."""

    spelling = OneLine(
        label=_("Affiliation"),
        max_length=limits.AFFILIATION_MAX,
        help_text=_("Like MIT. Spellings that differ in case, accents or Inc are together already."),
    )
    name = OneLine(
        label=_("Counted as"),
        max_length=limits.AFFILIATION_MAX,
        help_text=_("Like Massachusetts Institute of Technology. Statistics call both so; no name changes."),
    )

    class Meta:
        model = AffiliationMerge
        fields = ("letter",)


@page_of(AffiliationMerge)
class Merges(Lifted):
    """They change how affiliations are counted together, and what no signatory wrote."""

    rights = Rights(view=Action.MODERATE, add=Action.MODERATE)
    form = MergeForm
    list_display = ("spelling", "name", "letter", "since")
    list_filter = ("letter",)
    list_select_related = ("letter",)
    since = moment("created_at", _("since"))

    def get_fields(self, request: HttpRequest, obj: AffiliationMerge | None = None) -> tuple[str, ...]:
        """Ask for both; afterwards they are looked at."""
        return ("letter", "spelling", "name", "since") if obj else ("letter", "spelling", "name")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: take it back and merge anew."""
        return False

    def save_model(self, request: HttpRequest, obj: AffiliationMerge, form: Any, change: bool) -> None:
        """Merge by the service, which makes the row."""
        cleaned = form.cleaned_data
        made = affiliations.merge(
            letter=cleaned["letter"],
            spelling=cleaned["spelling"],
            name=cleaned["name"],
            by=person(request),
            at=timezone.now(),
        )
        obj.pk, obj.spelling, obj.name = made.pk, made.spelling, made.name

    def delete_model(self, request: HttpRequest, obj: AffiliationMerge) -> None:
        """Take it back by the service."""
        affiliations.split(merge=obj, by=person(request), at=timezone.now())

    def subject(self, row: AffiliationMerge) -> str:
        """Events name the letter."""
        return row.letter.public_id
