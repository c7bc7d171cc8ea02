"""The numbers and their history, to look at."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.models import Tally, TallyPoint
from letters.roles import Action


@page_of(Tally)
class Tallies(Record):
    """The published number of each letter with its parts."""

    rights = Rights(view=Action.SEE_NUMBERS)
    list_display = ("letter", "count", "public", "private", "withdrawn", "as_of_moment")
    list_select_related = ("letter",)
    search_fields = ("letter__slug",)
    fieldsets = (
        (None, {"fields": ("letter", "count", "as_of_moment", "revision")}),
        (_("How it came to be"), {"fields": ("signed", "withdrawn", "removed", "lost")}),
        (_("Its parts"), {"fields": (
            "persons", "organizations", "public", "private", "erased_counted",
            "by_email", "by_institution", "by_openid", "by_orcid", "by_checked",
        )}),
        (_("Beside it"), {"fields": ("offline",)}),
    )  # fmt: skip
    as_of_moment = moment("as_of", _("as of"))


@page_of(TallyPoint)
class TallyPoints(Record):
    """What each hour and day (UTC) added."""

    rights = Rights(view=Action.SEE_NUMBERS)
    list_display = ("begins", "interval", "letter", "new", "withdrawn", "removed", "total")
    list_filter = ("letter", "interval")
    list_select_related = ("letter",)
    fields = ("letter", "interval", "begins", "new", "withdrawn", "removed", "total")
    begins = moment("start", _("start"))
