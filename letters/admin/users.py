"""People who may work here. Only operators see this page: a new password for somebody is their power."""

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
    """Names, passwords, and who may log in. Which desk opens to whom follows from teams."""

    list_display = ("email", "name", "is_superuser", "is_active", "last")
    list_filter = ("is_superuser", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        (_("Access"), {"fields": ("is_active", "is_superuser")}),
        (_("Times"), {"fields": ("last", "since")}),
    )
    last = moment("last_login", _("last login"))
    since = moment("date_joined", _("since"))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The address is the login; and nobody locks themselves out."""
        own = ("is_active",) if obj == request.user else ()
        return ("email", "is_superuser", "last", "since", *own)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody yet: people will be invited."""
        return False
