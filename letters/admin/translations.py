"""Translations of a letter, beside the words that bind: written, kept as drafts, published."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from letters import languages, limits
from letters.admin import proofs, publishing, shelf
from letters.admin.acting import Demand
from letters.admin.editor import stages
from letters.admin.forms import WORDS, texts_of
from letters.admin.pages import PAGES, Named, person
from letters.enums import LetterStatus
from letters.models import Letter, LetterText
from letters.records import readiness
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import letters, versions

WRITABLE: Final = (LetterStatus.DRAFT, LetterStatus.PUBLISHED, LetterStatus.PAUSED)


class TranslationForm(forms.Form):
    """The words in another language. What is missing can be written later."""

    title = forms.CharField(
        label=_("Title"), max_length=limits.TITLE_MAX, required=False, widget=AdminTextInputWidget
    )
    addressees = forms.CharField(
        label=_("To"), max_length=limits.ADDRESSEES_MAX, required=False, widget=AdminTextInputWidget
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=limits.BODY_MAX,
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 24}),
    )


class Translations(Named):
    """Adds the page to those of a letter."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page, one for each language."""
        page = self.admin_site.admin_view(PAGES(self.translation))
        every = self.admin_site.admin_view(require_safe(self.translations))
        where = "<int:pk>/translations/"
        return [
            path(where, every, name="letters_letter_translations"),
            path(f"{where}<slug:language>/", page, name="letters_letter_translation"),
            *super().get_urls(),
        ]

    def texts(self, letter: Letter) -> list[LetterText]:
        """Return the texts of the version in force or in work, the binding one first, and all drafts."""
        return shelf.newest(texts_of(letter))

    def missing(self, request: HttpRequest, letter: Letter) -> list[tuple[str, str]]:
        """Return the languages into which this person can translate the letter."""
        if letter.status not in WRITABLE or not self.may(request, Action.WRITE, letter):
            return []
        there = {text.language for text in self.texts(letter)}
        return [choice for choice in languages.choices() if there and choice[0] not in there]

    def translations(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the languages of a letter, each with what it lacks, and lead on to one."""
        letter = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(pk)
        if (language := request.GET.get("language", "")) in languages.KNOWN:
            return HttpResponseRedirect(reverse("admin:letters_letter_translation", args=[pk, language]))
        texts = self.texts(letter)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": stages.LANGUAGES.label,
            "subtitle": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "letter": letter,
            "heading": self.heading(letter),
            "steps": stages.steps(letter, texts, at=timezone.now(), current=stages.LANGUAGES.name),
            "texts": [(text, stages.missing(text)) for text in texts],
            "addable": self.missing(request, letter),
            "may_write": self.may(request, Action.WRITE, letter),
            "following": stages.FORM.address(letter),
        }
        return TemplateResponse(request, "admin/letters/letter/languages.html", context)

    def translation(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Show the binding words and those of a translation; store, publish or delete these."""
        letter = self.get_object(request, str(pk))
        if letter is None or language not in languages.KNOWN:
            raise Http404(pk)
        if not self.may(request, Action.PUBLISH if "publish" in request.POST else Action.WRITE, letter):
            raise PermissionDenied
        texts = self.texts(letter)
        if not texts or texts[0].language == language or letter.status not in WRITABLE:
            return HttpResponseRedirect(reverse("admin:letters_letter_change", args=[pk]))
        text = next((one for one in texts if one.language == language), None) or LetterText(
            letter=letter, language=language, authoritative=False
        )
        if text.published_at is None:
            text.version, text.kind, text.reason = texts[0].version, texts[0].kind, texts[0].reason
        if request.method == "POST":
            return self._done(request, letter, texts[0], text)
        return self._shown(request, letter, texts[0], text, TranslationForm(initial=_words(text)))

    def _done(
        self, request: HttpRequest, letter: Letter, binding: LetterText, text: LetterText
    ) -> HttpResponse:
        form, by, now = TranslationForm(request.POST), person(request), timezone.now()
        if form.is_valid() and "publish" in request.POST and (stale := proofs.stale(request)):
            form.add_error(None, stale)
        if not form.is_valid():
            return self._shown(request, letter, binding, text, form)
        try:
            if "delete" in request.POST:
                letters.drop(text=text, by=by, at=now)
                said = _("The translation is deleted.")
            else:
                for name, words in form.cleaned_data.items():
                    setattr(text, name, words)
                letters.write(text=text, by=by, at=now)
                said = _("The translation is saved.")
                if "publish" in request.POST:
                    versions.translate(text=text, by=by, at=now)
                    said = _("The translation is published.")
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            return self._shown(request, letter, binding, text, form)
        messages.success(request, said)
        if "preview" in request.POST:
            preview = reverse("letters:preview", args=[letter.pk])
            return HttpResponseRedirect(f"{preview}?language={text.language}")
        return HttpResponseRedirect(stages.LANGUAGES.address(letter))

    def _shown(
        self,
        request: HttpRequest,
        letter: Letter,
        binding: LetterText,
        text: LetterText,
        form: TranslationForm,
    ) -> HttpResponse:
        for field in form.fields.values():
            field.widget.attrs |= {"lang": text.language, "dir": languages.direction(text.language)}
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": languages.name(text.language),
            "subtitle": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "binding": binding,
            "missing": _untold(letter, text),
            "text": text,
            "form": form,
            "live": reverse("letters:live", args=[letter.pk]),
            "is_draft": letter.status == LetterStatus.DRAFT,
            "steps": stages.steps(
                letter, self.texts(letter), at=timezone.now(), current=stages.LANGUAGES.name
            ),
        }
        return TemplateResponse(request, "admin/letters/letter/translation.html", context)


def _untold(letter: Letter, text: LetterText) -> list[Demand]:
    """Return what a stored translation of a published letter waits for: words about data in its language."""
    if letter.status == LetterStatus.DRAFT or text.published_at or not text.pk:
        return []
    check = readiness.told(letter=letter, language=text.language)
    return [] if check.fine else [publishing.demand(letter, check)]


def _words(text: LetterText) -> dict[str, str]:
    return {name: getattr(text, name) for name in WORDS}
