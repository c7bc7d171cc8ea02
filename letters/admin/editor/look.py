"""The look stage: under which letterhead the letter stands, where, and which goal it shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from letters.admin.editor.forms import StageForm
from letters.models import Letter, Organization


class LookForm(StageForm):
    """Place, address and target. Mark and colour belong to the organization."""

    sections = (
        (_("Letterhead"), "", ("organization", "place")),
        (_("Web address"), "", ("slug",)),
        (
            _("A target"),
            _("Only for a number that you really need. A meter shows how far it is; its goal does not move."),
            ("target", "target_reason"),
        ),
    )

    class Meta:
        model = Letter
        fields = ("organization", "place", "slug", "target", "target_reason")
        help_texts = {  # noqa: RUF012 - Django's own declaration
            "slug": _(
                "The end of the letter’s address, in letters a to z, digits and hyphens. "
                "Permanent once published."
            ),
            "target": _("A number of signatures. Empty: no meter is shown."),
        }
        error_messages = {  # noqa: RUF012 - the same
            "slug": {
                "unique": _("Another letter has this address. Choose another one."),
                "invalid": _("Write an address in letters a to z, digits and hyphens."),
            },
        }

    def __init__(self, *args: Any, homes: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organization" in self.fields:
            self.fields["organization"] = forms.ModelChoiceField(
                homes, label=_("Published by"), empty_label=None
            )
            if homes.count() < 2:
                del self.fields["organization"]

    def clean(self) -> dict[str, Any]:
        """Say what does not go together before the database refuses it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("target") == 0:
            self.add_error("target", _("Enter 1 or more, or leave it empty."))
        if cleaned.get("target") and not cleaned.get("target_reason", "").strip():
            self.add_error("target_reason", _("Say why you need this number, or leave the target empty."))
        return cleaned
