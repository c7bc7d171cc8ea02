"""People who may work here. Only operators see this page: a new password for somebody is their power."""

from __future__ import annotations

from typing import Any, Final

from allauth.core import context
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from letters.admin import invitations, proofs
from letters.admin.acting import Acting
from letters.admin.moments import moment
from letters.admin.pages import PAGES, Served, person
from letters.admin.resets import RESET
from letters.admin.site import page_of
from letters.models import User
from letters.records import events
from letters.services import users

RUNS: Final = _("runs the site")
ACCESS: Final = _(
    "Whoever is not active may not log in. Whoever runs the site is an operator: "
    "all letters and people are open to them."
)


class NewPassword(AdminPasswordChangeForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A password that an operator sets for somebody. The service stores it.

    Nobody is left without one: Django's field for that would do it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        self.fields["password1"].required = self.fields["password2"].required = True
        self.fields["password1"].help_text = _(
            "At least 12 characters: a few words that nobody else would think of."
        )

    def save(self, commit: bool = True) -> User:
        """Store it, and log its owner out everywhere."""
        user: User = super().save(commit=False)
        return users.change_password(user=user, by=person(context.request), at=timezone.now())


class OfOperators(admin.BooleanFieldListFilter):
    """Those who run the site, or the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("who runs the site")


@page_of(User)
class Users(Acting, Served, UserAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """Names, passwords, and who may log in. Which desk opens to whom follows from teams."""

    list_display = ("email", "name", "runs", "is_active", "last")
    list_filter = (("is_superuser", OfOperators), "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        (_("Access"), {"fields": ("is_active", "runs"), "description": ACCESS}),
        (_("Times"), {"fields": ("last", "since")}),
    )
    change_password_form = NewPassword
    change_user_password_template = "admin/letters/user/password.html"  # noqa: S105 - a page
    acts = (RESET,)
    last = moment("last_login", _("last login"))
    since = moment("date_joined", _("since"))

    @admin.display(description=RUNS, boolean=True, ordering="is_superuser")
    def runs(self, row: User) -> bool:
        """Return whether somebody is an operator."""
        return row.is_superuser

    def get_urls(self) -> list[URLPattern]:
        """Add the page on which operators invite another one."""
        pages = [
            path("invite/", self.admin_site.admin_view(PAGES(self.invite)), name="letters_user_invite"),
            path(
                "invite/revoke/",
                self.admin_site.admin_view(require_POST(self.revoke_invitation)),
                name="letters_user_invitation_revoke",
            ),
        ]
        return pages + super().get_urls()

    def invite(self, request: HttpRequest) -> HttpResponse:
        """Ask somebody to run the platform, too."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if elsewhere := proofs.missing(request):
            return elsewhere
        form = invitations.AddressForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            invitations.invite(request, None, form.cleaned_data["email"], None)
            return HttpResponseRedirect(reverse("admin:letters_user_invite"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Invite an operator"),
            "opts": self.opts,
            "form": form,
            "invitations": invitations.waiting(None),
        }
        return TemplateResponse(request, "admin/letters/user/invite.html", context)

    def revoke_invitation(self, request: HttpRequest) -> HttpResponse:
        """Take such an invitation back."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        invitations.revoke(request, None)
        return HttpResponseRedirect(reverse("admin:letters_user_invite"))

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set a password for somebody: it opens their desk together with their second factor only."""
        return proofs.missing(request) or super().user_change_password(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Store it by the service."""
        users.change(user=obj, by=person(request), at=timezone.now())

    def subject(self, row: User) -> str:
        """Return how events name a person."""
        return events.actor(row)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The address is the login; and nobody locks themselves out."""
        own = ("is_active",) if obj == request.user else ()
        return ("email", "runs", "last", "since", *own)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: people are invited."""
        return False
