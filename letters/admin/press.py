"""Links that show a letter to the press before it opens: made, looked at, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from letters import languages, limits, tokens
from letters.admin.forms import MomentInput, newest_text
from letters.admin.moments import both, written
from letters.admin.pages import PAGES, Named, person
from letters.enums import Phase
from letters.models import Letter, PressLink
from letters.queries import press as queries
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import press
from letters.tokens import Purpose

KEPT_BACK: Final = (Phase.DRAFT, Phase.SCHEDULED)


class PressForm(forms.Form):
    """For whom a link is, and what they must keep."""

    recipient = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=limits.PRESS_RECIPIENT_MAX,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("A person, like: Le Monde, A. Martin. They agree under this name."),
    )
    embargo_until = forms.DateTimeField(
        label=gettext_lazy("Not to be published before"),
        widget=MomentInput,
        help_text=gettext_lazy("In UTC."),
    )
    words = forms.CharField(
        label=gettext_lazy("What else you ask of them"),
        max_length=limits.PRESS_WORDS_MAX,
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Like: questions to Noor, from Tuesday on."),
    )


@dataclass(frozen=True)
class Row:
    """One link as the page lists it; `address` is empty where it shows nothing any more."""

    pk: int
    recipient: str
    until: str
    made: str
    became: str
    address: str
    mail: str
    """Begins a mail in the organizer's own program (RFC 6068); nothing is sent from here."""
    is_early: bool
    """Whether its embargo ends before the letter opens."""


class Press(Named):
    """Adds the page to those of a letter."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        page = self.admin_site.admin_view(PAGES(self.press))
        return [path("<int:pk>/press/", page, name="letters_letter_press"), *super().get_urls()]

    def press(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the links of a letter and who agreed; make another, or revoke one."""
        letter: Letter | None = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(pk)
        if not self.may(request, Action.PUBLISH, letter):
            raise PermissionDenied
        now, form = timezone.now(), PressForm(initial={"embargo_until": letter.opens_at})
        if "revoke" in request.POST:
            return self._revoke(request, letter, now)
        if request.method == "POST":
            form = PressForm(request.POST)
            if form.is_valid() and self._give(request, letter, form, now):
                return _back(letter)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Links for the press"),
            "subtitle": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "form": form if letter.phase(at=now) in KEPT_BACK else None,
            "rows": [_row(link, letter, now) for link in queries.links(letter=letter)],
            "kept_days": limits.PRESS_KEPT.days,
        }
        return TemplateResponse(request, "admin/letters/letter/press.html", context)

    def _give(self, request: HttpRequest, letter: Letter, form: PressForm, at: datetime) -> bool:
        try:
            press.give(link=PressLink(letter=letter, **form.cleaned_data), by=person(request), at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            return False
        messages.success(request, _("The link is made. Send it to nobody else."))
        return True

    def _revoke(self, request: HttpRequest, letter: Letter, at: datetime) -> HttpResponse:
        number = request.POST["revoke"]
        try:
            press.revoke(
                letter=letter, pk=int(number) if number.isdecimal() else 0, by=person(request), at=at
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The link shows nothing any more."))
        return _back(letter)


def _back(letter: Letter) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:letters_letter_press", args=[letter.pk]))


def _row(link: PressLink, letter: Letter, at: datetime) -> Row:
    shows = link.is_open() and letter.phase(at=at) in KEPT_BACK
    token = tokens.make(Purpose.EMBARGO, uid=link.uid, at=link.made_at)
    address = f"{settings.SITE_URL}{reverse('letters:embargo', args=[token])}" if shows else ""
    return Row(
        pk=link.pk,
        recipient=link.recipient,
        until=written(link.embargo_until),
        made=written(link.made_at),
        became=_became(link),
        address=address,
        mail=_mail(link, letter, address) if address else "",
        is_early=bool(shows and letter.opens_at and letter.opens_at > link.embargo_until),
    )


def _mail(link: PressLink, letter: Letter, address: str) -> str:
    """Return a mail to whomever the link is for, in the language of the letter, without an address."""
    text = newest_text(letter)
    if text is None:
        return ""
    with override(languages.nearest(text.language)):
        said = {
            "title": " ".join(text.title.split()),
            "organization": letter.organization.name,
            "until": both(link.embargo_until, zone=letter.time_zone),
            "recipient": link.recipient,
        }
        body = (
            _("“%(title)s” is an open letter by %(organization)s. You can read it before it opens.") % said,
            _("Please publish nothing about it before %(until)s.") % said,
            _("The link is for %(recipient)s alone. It shows the letter to whoever agrees to that:") % said,
            address,
        )
        subject = _("Under embargo: “%(title)s”") % said
    words = {"subject": subject, "body": "\r\n\r\n".join(body)}
    return f"mailto:?{urlencode(words, quote_via=quote)}"


def _became(link: PressLink) -> str:
    if link.agreed_at is None or link.read_at is None:
        return _("Nobody has agreed to the embargo yet.")
    said = {"agreed": written(link.agreed_at), "times": link.times, "last": written(link.read_at)}
    if link.times == 1:
        return _("Agreed to the embargo on %(agreed)s, and read the letter.") % said
    return _("Agreed to the embargo on %(agreed)s. Read %(times)s times, last on %(last)s.") % said
