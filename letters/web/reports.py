"""Reporting a name: it is wrong, or somebody's without their doing. Nobody needs to have signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from letters import languages, limits, text
from letters.enums import ReportReason
from letters.queries.letters import PublicLetter
from letters.services import reports
from letters.services.reports import Told
from letters.web import caching, origins
from letters.web.forms import check_address
from letters.web.found import base_context, find
from letters.web.redirects import SeeOther

SENT_FROM_ELSEWHERE: Final = _("This form was sent from another site. Fill it in here.")
NO_NAME: Final = _("Enter the name as it stands in the list.")
NO_REASON: Final = _("Choose what is wrong.")


class LinesField(forms.CharField):
    """Some lines, as long as the browser says: to it a line break is one character, sent it is two."""

    def to_python(self, value: Any) -> str:
        """Return the lines with one character between them."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReportForm(forms.Form):
    """What a reader says about a name. A person reads it; it is published nowhere."""

    name = forms.CharField(
        label=_("Which name"),
        max_length=limits.NAME_MAX,
        help_text=_("As it stands in the list."),
        error_messages={"required": NO_NAME},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    reason = forms.ChoiceField(
        label=_("What is wrong"),
        choices=ReportReason.choices,
        error_messages={"required": NO_REASON, "invalid_choice": NO_REASON},
        widget=forms.RadioSelect,
    )
    words = LinesField(
        label=_("Details"),
        required=False,
        max_length=limits.REPORT_WORDS_MAX,
        help_text=_("What helps to find out: what you know, and how."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    email = forms.CharField(
        label=_("Your email address"),
        required=False,
        max_length=limits.EMAIL_MAX,
        help_text=_("If you want an answer. It is stored encrypted and never published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
    )

    def clean_name(self) -> str:
        """Leave out what cannot be shown."""
        name = text.shown(self.cleaned_data["name"])
        if not name:
            raise ValidationError(NO_NAME, code="required")
        return name

    def clean_words(self) -> str:
        """Leave out what cannot be shown; lines stay."""
        lines = self.cleaned_data["words"].split("\n")
        return "\n".join(text.shown(line) for line in lines).strip()

    def clean_email(self) -> str:
        """Check the address without asking the network."""
        given: str = self.cleaned_data["email"]
        return check_address(given) if given else ""

    def told(self, *, language: str) -> Told:
        """Return what the service takes."""
        cleaned = self.cleaned_data
        reason = ReportReason(cleaned["reason"])
        return Told(cleaned["name"], reason, cleaned["words"], cleaned["email"], language)


@csrf_exempt  # shared caches keep this form; `origins` tells our own from another site's
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a report. What was looked for in the list comes along as `q`."""
    found = find(slug)
    if request.method != "POST":
        name = text.shown(request.GET.get("q", "")[: limits.NAME_MAX])
        page = form_page(request, found, ReportForm(initial={"name": name}))
        return _unlisted(caching.public(page, shared_seconds=limits.PAGE_SHARED_SECONDS))
    form = ReportForm(request.POST)
    if origins.is_foreign(request):
        form.add_error(None, SENT_FROM_ELSEWHERE)
        return caching.personal(form_page(request, found, form, status=403))
    if not form.is_valid():
        return caching.personal(form_page(request, found, form, status=422))
    now, language = timezone.now(), languages.asked() or found.text.language
    try:
        reports.make(letter=found.letter, told=form.told(language=language), at=now)
    except reports.TooMany as refusal:
        return too_many(request, found, after=refusal.after, at=now)
    return SeeOther(reverse("letters:reported", args=[slug]))


@require_safe
def made(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what happens with a report. The same for every report."""
    return show_made(request, find(slug))


def show_made(request: HttpRequest, found: PublicLetter) -> HttpResponse:
    """Return the page after a report."""
    context = base_context(found) | {"kept_days": limits.REPORT_KEPT.days}
    page = render(request, "letters/reported.html", context)
    return _unlisted(caching.public(page, shared_seconds=limits.PAGE_SHARED_SECONDS))


def form_page(
    request: HttpRequest, found: PublicLetter, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    """Return the form."""
    return render(request, "letters/report.html", base_context(found) | {"form": form}, status=status)


def too_many(request: HttpRequest, found: PublicLetter, *, after: datetime, at: datetime) -> HttpResponse:
    """Answer 429 (RFC 6585, section 4) with the time after which a report is taken again."""
    response = render(request, "429.html", base_context(found) | {"after": after}, status=429)
    response["Retry-After"] = str(int((after - at).total_seconds()) + 1)
    return caching.personal(response)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
