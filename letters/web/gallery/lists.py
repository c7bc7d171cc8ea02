"""Lists of letters: of all of them, and of one organization."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters.enums import Phase
from letters.queries.letters import EVERYTHING, Page, Place, PublicLetter, Wanted
from letters.web import listing, organizations
from letters.web.gallery import cast, texts
from letters.web.gallery.state import Show, State

CODES: Final = ("ar", "de", "en", "fr")
WORDS: Final = (texts.ENGLISH, texts.ARABIC, texts.FRENCH, texts.LONG)
LONG: Final = {
    "name": "Bundesarbeitsgemeinschaft Eisenbahninfrastrukturunternehmen",
    "legal_name": "Eisenbahninfrastrukturunternehmensbundesarbeitsgemeinschaft e. V.",
    "contact": "presse-und-oeffentlichkeitsarbeit@eisenbahninfrastruktur.example",
}
OPEN: Final = (Phase.OPEN, Phase.CLOSING, Phase.OPEN, Phase.OPEN)


def _listed(*phases: Phase, more: bool = False, wanted: Wanted = EVERYTHING, **page: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        letters = [_letter(number, phase) for number, phase in enumerate(phases)]
        after = Place(cast.AS_OF, len(letters)) if more else None
        listed = Page(letters, 72 if more else len(letters), after)
        codes = CODES if phases or wanted != EVERYTHING else ()
        return listing.show(request, listed, codes=codes, wanted=wanted, **page)

    return show


def _letter(number: int, phase: Phase) -> PublicLetter:
    letter = cast.letter(**cast.closing_in(40))
    cast.tally(letter, cast.COUNT // (number + 1))
    return PublicLetter(letter, cast.text(letter, WORDS[number]), phase)


def _organization(*phases: Phase, **fields: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        letters = [_letter(number, phase) for number, phase in enumerate(phases)]
        return organizations.show(request, cast.organization(**fields), letters)

    return show


STATES: Final = (
    State("list-empty", _listed()),
    State("list-open", _listed(*OPEN)),
    State("list-closed", _listed(Phase.CLOSED, Phase.CLOSED, Phase.PAUSED)),
    State("list-more", _listed(*OPEN, more=True)),
    State("list-next-page", _listed(*OPEN, more=True, is_first=False)),
    State("list-past-the-end", _listed(is_first=False)),
    State("list-found", _listed(Phase.OPEN, wanted=Wanted(words="night"))),
    State("list-not-found", _listed(wanted=Wanted(words="xylophon"))),
    State("list-not-found-language", _listed(wanted=Wanted(written_in="de"))),
    State("organization", _organization(*OPEN)),
    State("organization-no-letters", _organization(web_domain="")),
    State("organization-long-words", _organization(Phase.CLOSED, **LONG)),
)
