"""Organizations and who works for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from letters import marks
from letters.admin.moments import moment
from letters.admin.pages import Served, person
from letters.admin.site import page_of
from letters.enums import Role
from letters.marks import Mark
from letters.models import Membership, Organization
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
        fields = ("name", "slug", "web_domain", "legal_name", "contact", "accent")

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


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """One member's role; who the member is does not change."""

    class Meta:
        model = Membership
        fields = ("user", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["user"].disabled = True


class Members(admin.TabularInline):  # type: ignore[type-arg]  # the same
    """Who works for the organization."""

    model = Membership
    form = MembershipForm
    extra = 0
    can_delete = False

    def formfield_for_foreignkey(self, *args: Any, **kwargs: Any) -> Any:
        """Offer people without the links to their pages."""
        field = super().formfield_for_foreignkey(*args, **kwargs)
        if field is not None:
            field.empty_label = _("Choose a person")
        return field

    def get_formset(self, *args: Any, **kwargs: Any) -> Any:
        """Draw a plain list of people: each name with four icons is no help."""
        formset = super().get_formset(*args, **kwargs)
        widget = formset.form.base_fields["user"].widget
        formset.form.base_fields["user"].widget = getattr(widget, "widget", widget)
        return formset


@page_of(Organization)
class Organizations(Served):
    """Letterheads."""

    form = OrganizationForm
    list_display = ("name", "legal_name", "contact", "approved")
    search_fields = ("name", "legal_name")
    fieldsets = (
        (None, {"fields": ("name", "slug", "web_domain")}),
        (_("Responsible"), {"fields": ("legal_name", "contact", "approved")}),
        (_("Look"), {"fields": ("picture", "accent")}),
    )
    readonly_fields = ("approved",)
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012 - Django's own declaration
    approved = moment("approved_at", _("approved"))

    def get_inlines(self, request: HttpRequest, obj: Organization | None) -> tuple[type[Members], ...]:
        """Whoever creates an organization owns it; the others come after."""
        return (Members,) if obj else ()

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
        """Grant the roles by the service."""
        for formset in formsets:
            for member in formset.save(commit=False):
                organizations.grant(
                    organization=form.instance,
                    user=member.user,
                    role=Role(member.role),
                    by=person(request),
                    at=timezone.now(),
                )

    def subject(self, row: Organization) -> str:
        """Events name an organization by its address."""
        return row.slug
