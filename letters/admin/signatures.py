"""Signatures, to look at. Addresses are sealed and never shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from letters.admin import removals
from letters.admin.acting import Acting
from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.models import Signature
from letters.roles import Action


@page_of(Signature)
class Signatures(Acting, Record):
    """Who signed, and how far each signature is."""

    acts = removals.ACTS
    acting = Action.MODERATE
    rights = Rights(view=Action.READ_NAMES)
    list_display = ("name", "letter", "state", "display", "land", "signed", "counted")
    list_filter = ("letter", "state", "display", "visibility", "kind", "method")
    list_select_related = ("letter",)
    search_fields = ("name",)
    search_help_text = _("A part of a name, or a whole uid.")
    unread = ("email_key", "email_sealed", "salt_sealed", "commitment", "form_key")
    fieldsets = (
        (None, {"fields": ("uid", "letter", "text", "kind")}),
        (_("What its owner said"), {"fields": (
            "name", "role", "affiliation", "country", "language", "visibility", "updates",
            "consent_version", "source",
        )}),
        (_("How it stands"), {"fields": (
            "state", "removal", "display", "declined", "method", "evidence", "leaf", "claim_leaf",
        )}),
        (_("Times"), {"fields": (
            "signed", "confirmed", "held", "removed", "withdrawn", "erased", "counted",
        )}),
    )  # fmt: skip
    signed = moment("created_at", _("signed"))
    confirmed = moment("confirmed_at", _("confirmed"))
    held = moment("held_at", _("held"))
    removed = moment("removed_at", _("removed"))
    withdrawn = moment("withdrawn_at", _("withdrawn"))
    erased = moment("erased_at", _("erased"))
    counted = moment("counted_at", _("counted"))

    @admin.display(description=_("country"))
    def land(self, row: Signature) -> str:
        """Its name. For a field with choices Django would write all names for every row."""
        return str(row.country.name)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Signature], search_term: str
    ) -> tuple[QuerySet[Signature], bool]:
        """Find by uid when the words are one, by name otherwise."""
        try:
            return queryset.filter(uid=UUID(search_term.strip())), False
        except ValueError:
            return super().get_search_results(request, queryset, search_term)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer what can be done with the signature."""
        row: Signature = kwargs["obj"]
        may_feature = row.is_on_the_wall and self.may(request, Action.FEATURE, row)
        context |= {"may_feature": may_feature}
        return super().render_change_form(request, context, *args, **kwargs)

    def subject(self, row: Signature) -> str:
        """Events name a signature by its uid."""
        return str(row.uid)

    def heading(self, row: Signature) -> str:
        """It is called by the name."""
        return row.name or str(row.uid)
