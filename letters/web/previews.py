"""A draft as its page will appear, for its team only; one of them says that it was read."""

from __future__ import annotations

from binascii import unhexlify
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from letters.enums import LetterStatus
from letters.models import User
from letters.queries import letters, teams
from letters.queries import previews as readings
from letters.queries.letters import PublicLetter
from letters.queries.previews import Language
from letters.queries.teams import Reach
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import previews
from letters.web import caching
from letters.web.letters import page_context
from letters.web.redirects import SeeOther


@dataclass(frozen=True)
class Bar:
    """What the desk says above a draft: the digest of what is shown, and which languages were read."""

    digest: str
    languages: list[Language]
    may_publish: bool

    @property
    def current(self) -> Language:
        """The language that is shown."""
        return next(one for one in self.languages if one.current)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a letter as its page will look; when asked by POST, store that it was read."""
    reach, now = teams.reach(user=request.user), timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    found = letters.draft(pk=pk, at=now, language=asked.get("language", "")) if reach.has_any else None
    if found is None or not reach.may(Action.SEE_LETTERS, found.letter.organization_id):
        raise Http404(pk)
    if request.method == "POST":
        return _read(request, found, reach, now)
    return show(request, page_context(found), bar=_bar(found, reach))


def show(request: HttpRequest, context: dict[str, object], *, bar: Bar | None) -> HttpResponse:
    """Return the page, with the desk's bar above a draft."""
    shown = context | {"preview": True, "open": True, "bar": bar}
    return caching.personal(render(request, "letters/letter.html", shown))


def _bar(found: PublicLetter, reach: Reach) -> Bar | None:
    if found.letter.status != LetterStatus.DRAFT:
        return None
    return Bar(
        digest=readings.digest(text=found.text).hex(),
        languages=readings.languages(letter=found.letter, current=found.text.language),
        may_publish=reach.may(Action.PUBLISH, found.letter.organization_id),
    )


def _read(request: HttpRequest, found: PublicLetter, reach: Reach, at: datetime) -> HttpResponse:
    """Store it, and go on to the next language that nobody has read, or to publishing."""
    letter, language = found.letter, found.text.language
    try:
        seen = unhexlify(request.POST.get("seen", ""))
        by = request.user if isinstance(request.user, User) else None
        previews.read(letter=letter, language=language, seen=seen, by=by, at=at)
    except ValueError as error:  # no digest of ours
        raise Http404(letter.pk) from error
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return _to_preview(letter.pk, language)
    unread = [one.code for one in readings.languages(letter=letter, current=language) if not one.read]
    if unread or not reach.may(Action.PUBLISH, letter.organization_id):
        return _to_preview(letter.pk, unread[0] if unread else language)
    return SeeOther(reverse("admin:letters_letter_publish", args=[letter.pk]))


def _to_preview(pk: int, language: str) -> HttpResponse:
    return SeeOther(f"{reverse('letters:preview', args=[pk])}?language={language}")
