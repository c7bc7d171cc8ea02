"""The next version of a published text: written, compared with the one in force, then published."""

from __future__ import annotations

import hashlib
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

from letters import differences, limits, prose
from letters.admin import proofs, weighing
from letters.admin.forms import WORDS
from letters.admin.pages import PAGES, Named, person
from letters.differences import Words
from letters.enums import LetterStatus, TextKind
from letters.models import Letter, LetterText
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import versions

KINDS: Final = (
    (TextKind.CORRECTION.value, _("Correction: it puts a slip right. What the letter asks for stays.")),
    (TextKind.AMENDMENT.value, _("Amendment: the letter says something else. Who signed is told by mail.")),
)
WAYS: Final = frozenset({"publish", "amend", "ask"})
"""The buttons that do something; any other only compares."""


class VersionForm(forms.Form):
    """The words of the next version, what kind of change it is, and why. `seen` names what was compared."""

    title = forms.CharField(label=_("Title"), max_length=limits.TITLE_MAX, widget=AdminTextInputWidget)
    addressees = forms.CharField(label=_("To"), max_length=limits.ADDRESSEES_MAX, widget=AdminTextInputWidget)
    body = forms.CharField(
        label=_("Text"), max_length=limits.BODY_MAX, widget=AdminTextareaWidget(attrs={"rows": 24})
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why the text changes"),
        max_length=limits.CHANGE_REASON_MAX,
        widget=AdminTextInputWidget,
        help_text=_("Readers see it in the text history, for ever."),
    )
    asks_again = forms.BooleanField(
        label=_("Ask those who signed to sign the new text"),
        required=False,
        help_text=_(
            "Only with an amendment: its mail then has a link with which they sign the new text, too. Who "
            "does nothing stays on the earlier one, and counts all the same."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def words(self) -> Words:
        """Return the words as they are stored."""
        return Words(*(prose.canonical(self.cleaned_data[name]) for name in WORDS))

    def digest(self, last: LetterText) -> str:
        """Return what names this version, all that readers will see of it, and what it was compared with."""
        said = [self.cleaned_data[name] for name in ("kind", "reason", "asks_again")]
        shown = [last.h, *self.words(), *map(str, said)]
        return hashlib.sha256("\0".join(shown).encode()).hexdigest()


class Versions(Named):
    """Adds the page to those of a letter."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        page = self.admin_site.admin_view(PAGES(self.version))
        return [path("<int:pk>/version/", page, name="letters_letter_version"), *super().get_urls()]

    def takes_version(self, request: HttpRequest, letter: Letter) -> bool:
        """Whether this person may publish another version of this letter now."""
        running = letter.status in {LetterStatus.PUBLISHED, LetterStatus.PAUSED}
        open_ended = not letter.ended_at(at=timezone.now())
        return running and open_ended and self.may(request, Action.PUBLISH, letter)

    def version(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the words, show what changes, and publish what was shown."""
        letter = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(pk)
        if not self.may(request, Action.PUBLISH, letter):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:letters_letter_change", args=[pk]))
        if not self.takes_version(request, letter):
            messages.error(request, str(versions.WrongState.message))
            return back
        last = letter.texts.exclude(published_at=None).filter(authoritative=True).order_by("-version")[0]
        form = _form(request, last)
        if request.method != "POST" and (elsewhere := proofs.missing(request)):
            return elsewhere
        seen = form.is_valid() and form.cleaned_data["seen"] == form.digest(last)
        if seen and not WAYS.isdisjoint(request.POST) and self._go_on(request, letter, last, form):
            return back
        return self._written(request, letter, last, form)

    def _go_on(self, request: HttpRequest, letter: Letter, last: LetterText, form: VersionForm) -> bool:
        """Publish what was shown, or ask a second person about it; say what is refused."""
        if stale := proofs.stale(request):
            form.add_error(None, stale)
            return False
        text = LetterText(letter=letter, language=last.language, reason=form.cleaned_data["reason"])
        text.title, text.addressees, text.body = form.words()
        text.kind = TextKind.AMENDMENT if "amend" in request.POST else TextKind(form.cleaned_data["kind"])
        text.asks_again = text.kind == TextKind.AMENDMENT and form.cleaned_data["asks_again"]
        try:
            if "ask" in request.POST:
                versions.ask(text=text, by=person(request), at=timezone.now())
                said = str(_("It waits for a second person, who finds it under Approvals."))
            else:
                versions.publish(text=text, by=person(request), at=timezone.now())
                said = str(_("Version %(number)s is published.")) % {"number": text.version}
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            return False
        messages.success(request, said)
        return True

    def _written(
        self, request: HttpRequest, letter: Letter, last: LetterText, form: VersionForm
    ) -> HttpResponse:
        compared = None
        found: tuple[weighing.Found, ...] = ()
        if form.is_bound and not form.errors:
            old, new = _words(last), form.words()
            compared = differences.between(old, new)
            if form.cleaned_data["kind"] == TextKind.CORRECTION:
                found = weighing.found(old=old, new=new, language=last.language)
            form.data = request.POST.copy()
            form.data["seen"] = form.digest(last)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("The next version of the text"),
            "subtitle": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "form": form,
            "language": last.language,
            "differences": compared,
            "found": found,
        }
        return TemplateResponse(request, "admin/letters/letter/version.html", context)


def _form(request: HttpRequest, last: LetterText) -> VersionForm:
    if request.method == "POST":
        return VersionForm(request.POST)
    return VersionForm(initial=dict(zip(WORDS, _words(last), strict=True)))


def _words(text: LetterText) -> Words:
    """Return the words of a text; of one that is withheld none, so that all are written anew."""
    return Words("", "", "") if text.withholding_id else Words(text.title, text.addressees, text.body)
