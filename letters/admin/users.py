"""People who may work here. Only who may do everything sees this page."""

from __future__ import annotations

from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from letters.admin.moments import moment
from letters.admin.pages import Named
from letters.admin.site import page_of
from letters.models import User


@page_of(User)
class Users(Named, UserAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """Names, passwords, and who may use the desk."""

    list_display = ("email", "name", "is_staff", "is_active", "last")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        (_("Access"), {"fields": ("is_active", "is_staff")}),
        (_("Times"), {"fields": ("last", "since")}),
    )
    last = moment("last_login", _("last login"))
    since = moment("date_joined", _("since"))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The address is the login; and nobody locks themselves out."""
        own = ("is_active", "is_staff") if obj == request.user else ()
        return ("email", "last", "since", *own)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who may do everything."""
        return self._may_do_everything(request)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who may do everything."""
        return self._may_do_everything(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who may do everything: a new password for somebody is the power of that somebody."""
        return self._may_do_everything(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody yet: people will be invited."""
        return False

    def _may_do_everything(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.is_active and request.user.is_superuser
