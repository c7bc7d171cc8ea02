"""What people who sign a letter are told about their data: one page for all its languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import languages, limits
from letters.admin.pages import PAGES, Named, person
from letters.enums import LetterStatus, Recipients
from letters.models import Letter
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import notices
from letters.services.notices import Said
from letters.templatetags.signatures import notice

NAMED, OWN = "named_", "notice_"


class NoticeForm(forms.Form):
    """Who else gets the data, by which day addresses are deleted, and words in each language of the letter.

    A published letter leaves only those languages open that have no words yet.
    """

    recipients = forms.ChoiceField(
        label=gettext_lazy("Who else gets the data of those who sign"),
        choices=Recipients.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who else gets it.")},
    )
    until = forms.DateField(
        label=gettext_lazy("Addresses are deleted by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "Addresses are deleted 30 days after the letter closes, so it closes 30 days before this day "
            "at the latest. Empty: the closing time decides."
        ),
    )

    def __init__(self, *args: Any, letter: Letter, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter, self.fixed = letter, letter.status != LetterStatus.DRAFT
        self.initial = {"recipients": letter.recipients, "until": letter.kept_until}
        for code in codes:
            if languages.is_spoken(code):
                self._add(NAMED, code, letter.recipients_named.get(code, ""))
            else:
                self._add(OWN, code, letter.notices.get(code, ""))
        for name in ("recipients", "until"):
            self.fields[name].disabled = self.fixed

    def _add(self, kind: str, code: str, words: str) -> None:
        name, attrs = languages.name(code), {"lang": code, "dir": languages.direction(code)}
        field = forms.CharField(required=False, initial=words, disabled=self.fixed and bool(words))
        field.max_length = limits.NOTICE_MAX if kind == OWN else limits.RECIPIENTS_MAX
        if kind == OWN:
            field.label = _("The whole notice in %(language)s") % {"language": name}
            field.help_text = _("This site has no words in this language. Translate those above.")
            field.widget = AdminTextareaWidget(attrs={"rows": 6, **attrs})
        else:
            field.label = _("If others: their names, in %(language)s") % {"language": name}
            field.widget = AdminTextInputWidget(attrs=attrs)
        self.fields[f"{kind}{code}"] = field

    def said(self) -> Said:
        """Return what the service takes. Words for a translation that was deleted stay."""
        return Said(
            recipients=Recipients(self.cleaned_data["recipients"]),
            until=self.cleaned_data["until"],
            named=self.letter.recipients_named | dict(self._words(NAMED)),
            notices=self.letter.notices | dict(self._words(OWN)),
        )

    def _words(self, kind: str) -> Iterator[tuple[str, str]]:
        for name, words in self.cleaned_data.items():
            if name.startswith(kind):
                yield name.removeprefix(kind), words


class Notices(Named):
    """Adds the page to those of a letter."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        page = self.admin_site.admin_view(PAGES(self.notice))
        return [path("<int:pk>/notice/", page, name="letters_letter_notice"), *super().get_urls()]

    def notice(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what people are told, and store what is said of it."""
        letter: Letter | None = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(pk)
        if not self.may(request, Action.WRITE, letter):
            raise PermissionDenied
        texts = letter.texts.order_by("-authoritative", "language").values_list("language", flat=True)
        codes = list(dict.fromkeys(texts))
        form = NoticeForm(request.POST or None, letter=letter, codes=codes)
        if form.is_valid():
            try:
                notices.say(letter=letter, said=form.said(), by=person(request), at=timezone.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("Saved. This is what people are told now."))
                return HttpResponseRedirect(reverse("admin:letters_letter_notice", args=[pk]))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("What people are told about their data"),
            "subtitle": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "form": form,
            "fixed": form.fixed,
            "told": [(code, notice(letter, code)) for code in codes],
        }
        return TemplateResponse(request, "admin/letters/letter/notice.html", context)
