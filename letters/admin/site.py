"""The desk itself: which pages it has, in which order, and its home."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NoReturn, TypeVar

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.admin import home, reads, waiting
from letters.admin.rights import reach
from letters.models import (
    AffiliationMerge,
    Approval,
    Block,
    Correction,
    Event,
    Feature,
    LedgerEntry,
    Letter,
    Mailing,
    Message,
    Name,
    Organization,
    Reason,
    Report,
    Signature,
    Snapshot,
    Tally,
    TallyPoint,
    Update,
    User,
)

Page = TypeVar("Page", bound="type[ModelAdmin[Any]]")

GROUPS: Final = (
    (_("Write"), (Letter, Update, Organization)),
    (
        _("Follow"),
        (
            Approval,
            Report,
            Name,
            Reason,
            Signature,
            Feature,
            Mailing,
            Tally,
            TallyPoint,
            Snapshot,
            Correction,
            AffiliationMerge,
            Block,
        ),
    ),
    (_("Behind the scenes"), (Message, LedgerEntry, Event)),
    (_("People"), (User,)),
)
"""What an organizer needs most stands first."""

_pages: dict[type[Model], type[ModelAdmin[Any]]] = {}


def page_of(model: type[Model]) -> Callable[[Page], Page]:
    """Put a page on every desk that is made after it.

    Not `admin.register`: it asks for the default site, and while Django makes that one it imports
    these pages, which would register with another.
    """

    def keep(page: Page) -> Page:
        _pages[model] = page
        return page

    return keep


class Desk(AdminSite):
    """Where organizers work."""

    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Your desk")
    enable_nav_sidebar = False  # the pages fit into the header
    empty_value_display = "–"
    logout_template = "admin/logged_out.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        for model, page in _pages.items():
            super().register(model, page)

    def register(
        self,
        model_or_iterable: type[Any] | Iterable[type[Any]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Refuse, silently, what other apps bring along: their pages write past our services."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in the platform's operators and members of organizations, as long as they are."""
        return reach(request).has_any

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Any:
        """Let nobody see private rows before it is written down that they did."""
        return super().admin_view(reads.recorded(view), cacheable)

    def autocomplete_view(self, request: HttpRequest) -> NoReturn:
        """Refuse: no form here asks for names as somebody types."""
        raise PermissionDenied

    def password_change(  # type: ignore[override]  # a view may redirect
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """Lead to the page of the login: Django's own writes past our services."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the letters first: what is open, what waits, what comes next."""
        page = self._registry[Letter]
        found, now = reach(request), timezone.now()
        homes = self._registry[Organization].get_queryset(request)
        context = {
            "letters": home.rows(request, page.get_queryset(request), at=now),
            "most": home.MOST,
            "tasks": waiting.tasks(request, at=now),
            "vouched_later": [] if found.everything else list(homes.filter(approved_at=None)[: home.MOST]),
            "several": found.everything or len(found.roles) > 1,
            "may_write": page.has_add_permission(request),
            "may_found": self._registry[Organization].has_add_permission(request),
        }
        return super().index(request, context | (extra_context or {}))

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the home: there is one app."""
        return self.index(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the pages in our groups instead of one heap in the order of the alphabet."""
        apps = super().get_app_list(request, app_label)
        pages = {page["model"]: (app, page) for app in apps for page in app["models"]}
        groups = []
        for name, models in GROUPS:
            found = [pages[model] for model in models if model in pages]
            if found:
                groups.append(found[0][0] | {"name": name, "models": [page for _app, page in found]})
        return groups
