"""A page for each stage of a letter: it shows what is stored, and stores what it asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.admin.editor import drafts, stages
from letters.admin.editor.form import FormForm
from letters.admin.editor.forms import StageForm
from letters.admin.editor.look import LookForm
from letters.admin.editor.schedule import ScheduleForm
from letters.admin.editor.stages import FORM, LOOK, SCHEDULE, TEXT, Stage
from letters.admin.editor.words import PUBLISHED, TextForm
from letters.admin.pages import OVERTAKEN, PAGES, person, was_overtaken
from letters.admin.rights import reach
from letters.admin.translations import Translations
from letters.admin.versions import Versions
from letters.enums import LetterStatus
from letters.models import Letter
from letters.queries import teams
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import letters

FORMS: Final[Mapping[Stage, type[StageForm]]] = {
    TEXT: TextForm, FORM: FormForm, LOOK: LookForm, SCHEDULE: ScheduleForm
}  # fmt: skip
ONLY_LOOKING: Final = ""
"""Why somebody cannot change anything who may only look: their role says that."""


class Editor(Translations, Versions):
    """Adds the pages to that of a letter."""

    def get_urls(self) -> list[URLPattern]:
        """Add a page for each stage."""
        view = self.admin_site.admin_view(PAGES(self.stage))
        pages = [
            path(f"<int:pk>/{stage.name}/", view, {"stage": stage}, name=f"letters_letter_{stage.page}")
            for stage in FORMS
        ]
        return pages + super().get_urls()

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Begin a letter with its text."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        letter = drafts.begun(teams.homes(reach=reach(request), action=Action.WRITE))
        if letter is None:
            messages.info(request, str(_("Create an organization first: it stands over its letters.")))
            return HttpResponseRedirect(reverse("admin:letters_organization_add"))
        return self._stage(request, letter, TEXT)

    def stage(self, request: HttpRequest, pk: int, stage: Stage) -> HttpResponse:
        """Show one stage of a letter, or store it."""
        letter = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(pk)
        if request.method == "POST" and not self.has_change_permission(request, letter):
            raise PermissionDenied
        return self._stage(request, letter, stage)

    def fixed(self, request: HttpRequest, letter: Letter, stage: Stage) -> dict[str, Any]:
        """Return the fields that are only shown, and why."""
        names = FORMS[stage].base_fields
        if letter.pk and not self.has_change_permission(request, letter):
            return dict.fromkeys(names, ONLY_LOOKING)
        if letter.status == LetterStatus.DRAFT:
            return {}
        if stage == TEXT:
            return dict.fromkeys(names, "") | {"body": PUBLISHED}
        now, found = timezone.now(), {}
        found["slug"] = _("People share this address, so it is permanent.")
        found["organization"] = _("Who publishes a letter is part of what people sign.")
        if letter.opens_at and letter.opens_at <= now:
            found["opens_at"] = _("Signing has begun.")
        if letter.ended_at(at=now):
            found["closes_at"] = _("Signing has ended. The public ledger says when.")
        return found

    def _stage(self, request: HttpRequest, letter: Letter, stage: Stage) -> HttpResponse:
        form = self._form(request, letter, stage)
        if request.method == "POST" and not form.fields:
            messages.error(request, str(letters.Frozen.message))
            return HttpResponseRedirect(request.get_full_path())
        if request.method == "POST" and form.is_valid() and self._stored(request, form, stage):
            return self._onward(request, form.instance, stage)
        return self._stage_page(request, letter, stage, form)

    def _stored(self, request: HttpRequest, form: StageForm, stage: Stage) -> bool:
        """Store what was typed. What is refused stays in the form, with the reason."""
        try:
            drafts.store(form, stage, by=person(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        except DatabaseError as error:
            if not was_overtaken(error):
                raise
            form.add_error(None, str(OVERTAKEN))
        else:
            return True
        return False

    def _form(self, request: HttpRequest, letter: Letter, stage: Stage) -> StageForm:
        more = (
            {"homes": teams.homes(reach=reach(request), action=Action.WRITE)} if stage in {TEXT, LOOK} else {}
        )
        data = request.POST if request.method == "POST" else None
        return FORMS[stage](data, instance=letter, fixed=self.fixed(request, letter, stage), **more)

    def _onward(self, request: HttpRequest, letter: Letter, stage: Stage) -> HttpResponseRedirect:
        """Go where the button said: on to the next stage, to the preview, or stay."""
        messages.success(request, str(_("Saved.")))
        if "preview" in request.POST:
            return HttpResponseRedirect(reverse("letters:preview", args=[letter.pk]))
        following = stages.after(stage)
        if "continue" not in request.POST:
            return HttpResponseRedirect(stage.address(letter))
        if following is None:
            return HttpResponseRedirect(reverse("admin:letters_letter_change", args=[letter.pk]))
        return HttpResponseRedirect(following.address(letter))

    def _stage_page(
        self, request: HttpRequest, letter: Letter, stage: Stage, form: StageForm
    ) -> HttpResponse:
        texts = self.texts(letter) if letter.pk else []
        heading = self.heading(letter) if letter.pk else str(_("A new letter"))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": stage.label,
            "subtitle": heading,
            "opts": self.opts,
            "original": letter,
            "letter": letter,
            "heading": heading,
            "form": form,
            "stage": stage,
            "steps": stages.steps(letter, texts, at=timezone.now(), current=stage.name),
            "is_draft": letter.status == LetterStatus.DRAFT,
            "language": texts[0].language if texts else form["language"].value(),
            "live": reverse("letters:live", args=[letter.pk]) if letter.pk else reverse("letters:live_new"),
            "takes_version": letter.pk and self.takes_version(request, letter),
            "may_change_head": letter.pk and self.may(request, Action.LETTERHEAD, letter),
        }
        return TemplateResponse(request, f"admin/letters/letter/stage_{stage.name}.html", context)
