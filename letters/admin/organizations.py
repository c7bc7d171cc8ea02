"""Organizations: who they are and how they look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from letters import marks
from letters.admin.moments import written
from letters.admin.pages import person
from letters.admin.rights import Rights, reach
from letters.admin.site import page_of
from letters.admin.teams import Teams
from letters.marks import Mark
from letters.models import Organization
from letters.roles import Action
from letters.services import organizations


class Shown:
    """The mark that there is, as the widget for files wants it."""

    def __init__(self, organization: Organization) -> None:
        self.url = reverse("letters:organization_mark", args=[organization.slug, organization.mark_digest])

    def __str__(self) -> str:
        return str(_("the mark in the letterhead"))


class PictureInput(AdminFileWidget):
    """A choice of files that offers pictures."""

    # Its types know no words that are translated late.
    initial_text: Any = _("Now")
    input_text: Any = _("Another")
    clear_checkbox_label: Any = _("Remove it")

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/png"})


class OrganizationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """A letterhead and its look. `mark` is the picture that was brought, read."""

    mark: Mark | None = None
    picture = forms.FileField(
        label=_("Mark"),
        required=False,
        widget=PictureInput,
        help_text=format_lazy(
            _(
                "A PNG of at most {kilobytes} KB, {least} to {most} pixels a side. "
                "It stands beside the name; on dark pages it keeps a white ground."
            ),
            kilobytes=marks.BYTES_MOST // 1000,
            least=marks.SIDE_LEAST,
            most=marks.SIDE_MOST,
        ),
    )

    class Meta:
        model = Organization
        fields = ("name", "slug", "web_domain", "legal_name", "contact", "accent", "publishes_by_two")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.mark:
            self.initial["picture"] = Shown(self.instance)

    def clean_accent(self) -> str:
        """Return the colour as it is stored: in small letters."""
        return str(self.cleaned_data["accent"]).lower()

    def clean_picture(self) -> Any:
        """Read a new picture; return what the widget says, False for none any more."""
        brought = self.cleaned_data["picture"]
        if isinstance(brought, UploadedFile):
            self.mark = marks.read(brought.read(marks.BYTES_MOST + 1))
        return brought


@page_of(Organization)
class Organizations(Teams):
    """Letterheads."""

    rights = Rights(view=Action.SEE_LETTERS, add=Action.FOUND, change=Action.LETTERHEAD)
    home = "pk"
    form = OrganizationForm
    list_display = ("name", "legal_name", "contact", "approved")
    search_fields = ("name", "legal_name")
    fieldsets = (
        (None, {"fields": ("name", "slug", "web_domain")}),
        (_("Responsible"), {"fields": ("legal_name", "contact", "approved")}),
        (_("Look"), {"fields": ("picture", "accent")}),
        (_("Publishing"), {"fields": ("publishes_by_two",)}),
    )
    readonly_fields = ("approved",)
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012 - Django's own declaration

    def get_readonly_fields(self, request: HttpRequest, obj: Organization | None = None) -> tuple[str, ...]:
        """Leave the names of an approved one to the platform's operators."""
        return (*self.readonly_fields, *(organizations.VOUCHED if _is_vouched(request, obj) else ()))

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Organization | None = None
    ) -> dict[str, Any]:
        """Suggest an address from the name, while that is written."""
        return {} if _is_vouched(request, obj) else self.prepopulated_fields

    @admin.display(description=_("approved"))
    def approved(self, row: Organization) -> str:
        """Since when its letters can be published."""
        return written(row.approved_at) if row.approved_at else str(_("Waits for the platform"))

    @admin.display(description=_("Mark"))
    def picture(self, row: Organization) -> str:
        """The mark, for those who do not choose it."""
        if not row.mark:
            return str(_("None"))
        shown = Shown(row)
        return format_html('<a href="{}">{}</a>', shown.url, shown)

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        """Create or change it, and its mark, by the services."""
        by, at = person(request), timezone.now()
        if not change:
            organizations.create(organization=obj, by=by, at=at)
        elif not set(form.changed_data) <= {"picture"}:
            organizations.change(organization=obj, by=by, at=at)
        if form.mark:
            organizations.put_mark(organization=obj, mark=form.mark, by=by, at=at)
        elif form.cleaned_data["picture"] is False:
            organizations.remove_mark(organization=obj, by=by, at=at)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing hangs on it that this page writes: the team has a page of its own."""

    def subject(self, row: Organization) -> str:
        """Events name an organization by a code that stays."""
        return row.code


def _is_vouched(request: HttpRequest, organization: Organization | None) -> bool:
    """Whether its names were approved, and whoever asks is no operator."""
    approved = organization is not None and organization.approved_at is not None
    return approved and not reach(request).everything
