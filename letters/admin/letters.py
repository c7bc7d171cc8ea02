"""Letters: write, preview, publish, pause, resume, close."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from letters import languages
from letters.admin import acts, shelf
from letters.admin.acting import Acting
from letters.admin.editor import stages
from letters.admin.editor.pages import Editor
from letters.admin.exports import Exports
from letters.admin.guests import Guests
from letters.admin.moments import moment
from letters.admin.notices import Notices
from letters.admin.numbers import Numbers
from letters.admin.pages import Served
from letters.admin.press import Press
from letters.admin.publishing import address
from letters.admin.rights import Rights
from letters.admin.share import Share
from letters.admin.site import page_of
from letters.admin.withholdings import Withholds
from letters.enums import LetterStatus
from letters.models import Letter
from letters.roles import Action


@page_of(Letter)
class Letters(Editor, Numbers, Share, Exports, Withholds, Notices, Press, Guests, Acting, Served):
    """One page for a letter with what is done with it; it is written on pages of their own."""

    acts = acts.ACTS
    acting = Action.PUBLISH
    rights = Rights(view=Action.SEE_LETTERS, add=Action.WRITE, change=Action.WRITE)
    home = "organization_id"
    list_display = ("title", "organization", "phase", "count", "written_in", "opens", "closes")
    list_filter = ("status", "organization")
    search_fields = ("slug",)  # and titles: see get_search_results
    sortable_by = ("organization", "opens", "closes")
    opens = moment("opens_at", _("opens"))
    closes = moment("closes_at", _("closes"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        """Bring the title and the number along."""
        return shelf.titled(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Letter], search_term: str
    ) -> tuple[QuerySet[Letter], bool]:
        """Search addresses and titles, but no words that an order of law withholds."""
        return shelf.found(queryset, words=search_term), False

    @admin.display(description=_("title"))
    def title(self, letter: Letter) -> str:
        """The title of the newest text."""
        return shelf.title(letter)

    @admin.display(description=_("state"))
    def phase(self, letter: Letter) -> str:
        """What the letter is now, by its status and the clock."""
        return str(letter.phase(at=timezone.now()).label)

    @admin.display(description=_("signatures"))
    def count(self, letter: Letter) -> str | None:
        """The published number."""
        count = shelf.count(letter)
        return None if count is None else intcomma(count)

    @admin.display(description=_("languages"))
    def written_in(self, letter: Letter) -> str:
        """The languages of its newest texts; a draft that lacks something says so."""
        return ", ".join(
            _gettext("%(language)s (not complete)") % {"language": languages.name(text.language)}
            if stages.missing(text)
            else languages.name(text.language)
            for text in shelf.texts(letter)
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show how a letter stands, what is done with it, and the ways to its stages."""
        if request.method == "POST":
            return HttpResponseNotAllowed(("GET", "HEAD"))
        letter = self.get_object(request, object_id)
        if letter is None:
            raise Http404(object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "change": True,
            **self._panel(request, letter),
        }
        return TemplateResponse(request, "admin/letters/letter/change_form.html", context)

    def heading(self, row: Letter) -> str:
        """A letter is called by its title."""
        return shelf.title(row)

    def subject(self, row: Letter) -> str:
        """Events name a letter by its public id."""
        return row.public_id

    def _panel(self, request: HttpRequest, letter: Letter) -> dict[str, Any]:
        now = timezone.now()
        phase, steps = letter.phase(at=now), stages.steps(letter, self.texts(letter), at=now)
        return {
            "phase": phase,
            "standing": acts.standing(letter, at=now),
            "count": shelf.count(letter),
            "address": address(letter) if letter.status != LetterStatus.DRAFT else None,
            "acts": self.possible(request, letter),
            "may_withhold": letter.status != LetterStatus.DRAFT and self.may(request, None, letter),
            "may_export": shelf.count(letter) is not None and self.may(request, Action.EXPORT, letter),
            "may_ask": shelf.count(letter) is not None and self.may(request, Action.FEATURE, letter),
            "may_change": self.has_change_permission(request, letter),
            "takes_version": self.takes_version(request, letter),
            "steps": steps,
            "next_step": next((step for step in steps if step.complete is False), None),
        }
