"""Asking people by mail to sign a letter, and what became of it as far as the team may know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminEmailInputWidget, AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import limits
from letters.admin import proofs
from letters.admin.forms import OneLine
from letters.admin.moments import written
from letters.admin.pages import PAGES, Named, person
from letters.enums import SIGNABLE_PHASES
from letters.models import Letter
from letters.queries import guests as queries
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import guests


class GuestForm(forms.Form):
    """Who is asked, and with which words."""

    email = forms.EmailField(
        label=gettext_lazy("Address"),
        max_length=limits.EMAIL_MAX,
        widget=AdminEmailInputWidget,
        help_text=gettext_lazy("One that they gave you, or that stands on their own page."),
    )
    words = OneLine(
        label=gettext_lazy("A sentence of yours"),
        max_length=limits.GUEST_WORDS_MAX,
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the mail under your name. Leave it out if you like."),
    )


class Guests(Named):
    """Adds the page to those of a letter."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        page = self.admin_site.admin_view(PAGES(self.invite))
        return [path("<int:pk>/invite/", page, name="letters_letter_invite"), *super().get_urls()]

    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List who was asked to sign; ask somebody else, or take an invitation back."""
        letter: Letter | None = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(pk)
        if not self.may(request, Action.FEATURE, letter):
            raise PermissionDenied
        now = timezone.now()
        if "take_back" in request.POST:
            return self._take_back(request, letter, now)
        form = GuestForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._ask(request, letter, form, now):
            return _back(letter)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Ask people to sign"),
            "subtitle": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "form": form if letter.phase(at=now) in SIGNABLE_PHASES else None,
            "rows": [(row, written(row.invited_at)) for row in queries.asked(letter=letter, at=now)],
            "days": limits.GUEST_FOR.days,
        }
        return TemplateResponse(request, "admin/letters/letter/invite.html", context)

    def _ask(self, request: HttpRequest, letter: Letter, form: GuestForm, at: datetime) -> bool:
        if stale := proofs.stale(request):
            form.add_error(None, stale)
            return False
        try:
            guests.invite(letter=letter, by=person(request), at=at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            return False
        messages.success(request, _("A mail is on its way, unless its reader wants none from this site."))
        return True

    def _take_back(self, request: HttpRequest, letter: Letter, at: datetime) -> HttpResponse:
        number = request.POST["take_back"]
        pk = int(number) if number.isdecimal() and len(number) < 16 else 0
        try:
            guests.take_back(letter=letter, pk=pk, by=person(request), at=at)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The invitation is taken back, and the address is deleted."))
        return _back(letter)


def _back(letter: Letter) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:letters_letter_invite", args=[letter.pk]))
