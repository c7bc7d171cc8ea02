"""A letter while somebody writes it: the real page around words that nobody has saved."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from letters import languages, limits, prose
from letters.models import Letter, LetterText, Tally
from letters.queries import letters, teams
from letters.queries.letters import PublicLetter
from letters.queries.teams import Reach
from letters.roles import Action
from letters.web import caching
from letters.web.found import base_context

NOT_SAVED = "new"
"""The end of an address that a letter does not have yet; only links carry it, and they lead nowhere."""


@require_POST
def live(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show the words that were sent as the page will show them. Nothing is stored.

    Raises Http404 to whoever may not write this letter, or none at all.
    """
    reach = teams.reach(user=request.user)
    letter = _letter(reach, pk) if pk else _new(reach, request.POST.get("organization", ""))
    if letter is None or not reach.may(Action.WRITE, letter.organization_id):
        raise Http404(pk)
    found = PublicLetter(letter, _text(request, letter), letter.phase(at=timezone.now()))
    return caching.personal(show(request, found))


def show(request: HttpRequest, found: PublicLetter) -> HttpResponse:
    """Return the page around these words."""
    context = base_context(found) | {
        "body": prose.html(found.text.body),
        "minutes": prose.reading_minutes(found.text.body),
        "preview": True,
        "open": False,
        "texts": [found.text],
        "untranslated": False,
    }
    return render(request, "letters/live.html", context)


def _letter(reach: Reach, pk: int) -> Letter | None:
    found = letters.draft(pk=pk, at=timezone.now()) if reach.has_any else None
    return found.letter if found else None


def _new(reach: Reach, organization: str) -> Letter | None:
    """Return a letter of the organization that was chosen, or of the only one that can be."""
    homes = list(teams.homes(reach=reach, action=Action.WRITE))
    home = next((one for one in homes if str(one.pk) == organization), homes[0] if homes else None)
    if home is None:
        return None
    letter = Letter(slug=NOT_SAVED, organization=home)
    letter.tally = Tally(letter=letter, as_of=timezone.now())
    return letter


def _text(request: HttpRequest, letter: Letter) -> LetterText:
    """Return the words that were sent, as long as they may be."""
    sent, code = request.POST, request.POST.get("language", "")
    return LetterText(
        letter=letter,
        language=code if code in languages.KNOWN else "en",
        title=prose.canonical(sent.get("title", ""))[: limits.TITLE_MAX],
        addressees=prose.canonical(sent.get("addressees", ""))[: limits.ADDRESSEES_MAX],
        body=prose.canonical(sent.get("body", ""))[: limits.BODY_MAX],
    )
