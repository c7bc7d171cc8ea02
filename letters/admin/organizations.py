"""Organizations and who works for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.admin.moments import moment
from letters.admin.pages import Served, person
from letters.admin.site import page_of
from letters.enums import Role
from letters.models import Membership, Organization
from letters.services import organizations


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

    list_display = ("name", "legal_name", "contact", "approved")
    search_fields = ("name", "legal_name")
    fieldsets = (
        (None, {"fields": ("name", "slug", "web_domain")}),
        (_("Responsible"), {"fields": ("legal_name", "contact", "approved")}),
    )
    readonly_fields = ("approved",)
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012 - Django's own declaration
    approved = moment("approved_at", _("approved"))

    def get_inlines(self, request: HttpRequest, obj: Organization | None) -> tuple[type[Members], ...]:
        """Whoever creates an organization owns it; the others come after."""
        return (Members,) if obj else ()

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        """Create or change it by the service."""
        if not change:
            organizations.create(organization=obj, by=person(request), at=timezone.now())
        elif form.changed_data:
            organizations.change(organization=obj, by=person(request), at=timezone.now())

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
