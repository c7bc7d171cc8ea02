"""Letters: write, preview, publish, pause, resume, close."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from letters import languages, prose
from letters.admin import acts, shelf
from letters.admin.acting import Acting
from letters.admin.forms import WORDS, LetterForm, MomentInput, newest_text
from letters.admin.moments import moment
from letters.admin.numbers import Numbers
from letters.admin.pages import Served, person
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.admin.translations import Translations
from letters.admin.versions import Versions
from letters.enums import LetterStatus
from letters.models import Letter, LetterText
from letters.roles import Action
from letters.services import letters

FIXED: Final = ("language", *WORDS, "slug", "organization")  # what publishing makes permanent


@page_of(Letter)
class Letters(Translations, Versions, Numbers, Acting, Served):
    """One page for a letter and its words; what is done with it has buttons above the form."""

    acts = acts.ACTS
    acting = Action.PUBLISH
    rights = Rights(view=Action.SEE_LETTERS, add=Action.WRITE, change=Action.WRITE)
    home = "organization_id"
    form = LetterForm
    formfield_overrides = {  # noqa: RUF012 - Django's own declaration
        DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput},
    }
    list_display = ("title", "organization", "phase", "count", "opens", "closes")
    list_filter = ("status", "organization")
    search_fields = ("slug", "texts__title")
    sortable_by = ("organization", "opens", "closes")
    fieldsets = (
        (_("Text"), {"fields": ("language", *WORDS)}),
        (_("Sender and address"), {"fields": ("organization", "slug", "place")}),
        (_("Form"), {
            "fields": (
                "role_field", "affiliation_field", "country_field", "names_after_review", "names_in_api",
                "discreet",
            ),
            "description": _("A name and an email address are always asked for."),
        }),
        (_("Target"), {"fields": ("target", "target_reason")}),
    )  # fmt: skip
    opens = moment("opens_at", _("opens"))
    closes = moment("closes_at", _("closes"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        """Bring the title and the number along."""
        return shelf.titled(super().get_queryset(request))

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

    @admin.display(description=_("Language"))
    def language(self, letter: Letter) -> str:
        """The language of the published text."""
        text = newest_text(letter)
        return languages.name(text.language) if text else ""

    @admin.display(description=_("To"))
    def addressees(self, letter: Letter) -> str:
        """Whom the published text is addressed to."""
        text = newest_text(letter)
        return text.addressees if text else ""

    @admin.display(description=_("Text"))
    def body(self, letter: Letter) -> SafeString:
        """The published text."""
        text = newest_text(letter)
        return prose.html(text.body if text else "")

    def get_fieldsets(self, request: HttpRequest, obj: Letter | None = None) -> Any:
        """Show the opening time as it was, once it has passed."""
        opens = "opens" if "opens" in self.get_readonly_fields(request, obj) else "opens_at"
        return (*self.fieldsets, (_("Schedule"), {"fields": (opens, "closes_at", "time_zone")}))

    def get_readonly_fields(self, request: HttpRequest, obj: Letter | None = None) -> tuple[str, ...]:
        """Fix what readers have signed, and when signing began."""
        if obj is None or obj.status == LetterStatus.DRAFT:
            return ()
        began = obj.opens_at is not None and obj.opens_at <= timezone.now()
        return (*FIXED, "opens") if began else FIXED

    def get_prepopulated_fields(self, request: HttpRequest, obj: Letter | None = None) -> dict[str, Any]:
        """Suggest an address from the title."""
        return {} if obj and obj.status != LetterStatus.DRAFT else {"slug": ("title",)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer to create an organization, but not three ways to leave a letter half written."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "organization" and field:
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def save_model(self, request: HttpRequest, obj: Letter, form: Any, change: bool) -> None:
        """Store options and words by the services. Raises Frozen for words that came too late."""
        by, at = person(request), timezone.now()
        if change and obj.status != LetterStatus.DRAFT and not request.POST.keys().isdisjoint(FIXED):
            raise letters.Frozen
        if not change:
            letters.create(letter=obj, by=by, at=at)
        elif form.has_new_options():
            letters.change(letter=obj, by=by, at=at)
        if form.has_new_words():
            text = form.text or LetterText(letter=obj)
            for name, words in form.words().items():
                setattr(text, name, words)
            letters.write(text=text, by=by, at=at)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing belongs to a letter that this page writes."""

    def response_post_save_add(self, request: HttpRequest, obj: Letter) -> HttpResponseRedirect:
        """Stay with the letter, or show how it looks."""
        return self.response_post_save_change(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Letter) -> HttpResponseRedirect:
        """Stay with the letter, or show how it looks."""
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("letters:preview", args=[obj.pk]))
        return self.back(obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Put the state of the letter and its buttons above the form."""
        letter: Letter | None = kwargs.get("obj")
        context |= self._panel(request, letter) if letter else {"title": _("Write a letter")}
        return super().render_change_form(request, context, *args, **kwargs)

    def heading(self, row: Letter) -> str:
        """A letter is called by its title."""
        return shelf.title(row)

    def subject(self, row: Letter) -> str:
        """Events name a letter by its public id."""
        return row.public_id

    def _panel(self, request: HttpRequest, letter: Letter) -> dict[str, Any]:
        now = timezone.now()
        phase = letter.phase(at=now)
        return {
            "phase": phase,
            "standing": acts.standing(letter, at=now),
            "count": shelf.count(letter),
            "address": acts.address(letter) if letter.status != LetterStatus.DRAFT else None,
            "acts": self.possible(request, letter),
            "takes_version": self.takes_version(request, letter),
            "texts": self.texts(letter),
            "missing": self.missing(request, letter),
        }
