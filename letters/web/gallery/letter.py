"""The page of a letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from letters import limits
from letters.enums import FieldRule, LetterStatus, Phase
from letters.queries.previews import Language
from letters.queries.signatures import Page
from letters.web import letters, live, previews
from letters.web.gallery import cast, orders, record, texts
from letters.web.gallery.record import AMENDED, CORRECTED
from letters.web.gallery.state import Show, State
from letters.web.previews import Bar

WITHHELD: Final[dict[str, Any]] = {"withholding": orders.withholding()}
NOBODY: Final = Page([], None)
TARGET: Final[dict[str, Any]] = {
    "target": 20_000,
    "target_reason": "needed by 30 April, because then the ministers meet",
}
ANSWERED: Final[dict[str, Any]] = {
    "answered_at": cast.AS_OF,
    "answered_by": "The Commissioner for Sustainable Transport",
    "answer": "Thank you for your letter.\n\nWe will put **two of the three** before the ministers:\n\n"
    "1. the cost of the track\n2. the tax on tickets",
}
ALL_ASKED: Final[dict[str, Any]] = dict.fromkeys(
    ("role_field", "affiliation_field", "country_field"), FieldRule.REQUIRED
)
NONE_ASKED: Final[dict[str, Any]] = dict.fromkeys(ALL_ASKED, FieldRule.OFF)


def _letter(
    phase: Phase = Phase.OPEN,
    *,
    hours: int | None = None,
    preview: bool = False,
    featured: int = 0,
    updated: bool = False,
    **given: Any,
) -> Show:
    """Return the page of a letter with its names; `hours` from now it closes, or opens if it has not yet."""

    def show(request: HttpRequest) -> HttpResponse:
        end = {} if hours is None else cast.closing_in(hours)
        found = cast.found(phase, **end, **given)
        if updated:
            record.tell(found.letter)
        context = letters.context(
            found,
            page=cast.wall(found.letter, limits.NAMES_ON_LETTER, more=True),
            featured=cast.featured(found.letter, featured),
            reasons=cast.reasons(found.letter),
            first=cast.signatories(found.letter, limits.FIRST_SIGNATORIES)[featured:],
            days=cast.days(),
        )
        return previews.show(request, context, bar=None) if preview else _page(request, context)

    return show


def _quiet(count: int) -> Show:
    """Return the page of a letter whose first `count` signatories all stay private."""

    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(count=count)
        found.tally.public, found.tally.private = 0, count
        return _page(request, letters.context(found, page=NOBODY, featured=[], first=[], reasons=[], days=[]))

    return show


def _scheduled(request: HttpRequest) -> HttpResponse:
    found = cast.found(Phase.SCHEDULED, count=0, opens_at=timezone.now() + timedelta(days=12))
    return _page(request, letters.context(found, page=NOBODY, featured=[], first=[], reasons=[], days=[]))


def _draft(*read: bool) -> Show:
    """Return a draft with the desk's bar above it; each language was `read` as it stands or not."""

    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(Phase.DRAFT, count=0)
        codes = zip((words.language for words in cast.WORDS), read, strict=False)
        known = [
            Language(code, not number, done, cast.ADA if done else None, cast.AS_OF if done else None)
            for number, (code, done) in enumerate(codes)
        ]
        context = letters.context(found, page=NOBODY, featured=[], first=[], reasons=[], days=[])
        return previews.show(request, context, bar=Bar("00" * 32, known, may_publish=True))

    return show


def _live(request: HttpRequest) -> HttpResponse:
    return live.show(request, cast.found(Phase.DRAFT, count=0))


def _page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return render(request, "letters/letter.html", context)


STATES: Final = (
    State("letter-scheduled", _scheduled),
    State("letter-first", _quiet(0)),
    State("letter-open", _letter()),
    State("letter-target", _letter(hours=900, **TARGET)),
    State("letter-all-fields", _letter(**ALL_ASKED)),
    State("letter-no-fields", _letter(**NONE_ASKED)),
    State("letter-paused", _letter(Phase.PAUSED, status=LetterStatus.PAUSED)),
    State("letter-closing", _letter(Phase.CLOSING, hours=30)),
    State("letter-closed", _letter(Phase.CLOSED, hours=-30)),
    State("letter-corrected", _letter(facts=CORRECTED)),
    State("letter-amended", _letter(facts=AMENDED)),
    State("letter-withheld", _letter(facts=WITHHELD)),
    State("letter-answered", _letter(Phase.CLOSED, hours=-30, **ANSWERED)),
    State("letter-updated", _letter(updated=True)),
    State("letter-updated-closed", _letter(Phase.CLOSED, hours=-90, updated=True, **ANSWERED)),
    State("letter-featured", _letter(featured=3)),
    State("letter-preview", _letter(preview=True)),
    State("letter-draft", _draft(False, True)),
    State("letter-draft-read", _draft(True)),
    State("letter-live", _live),
    State("letter-long-words", _letter(words=[texts.LONG])),
    State("letter-all-private", _quiet(7)),
    State("letter-arabic", _letter(words=[texts.ARABIC, texts.ENGLISH])),
    State("letter-french", _letter(words=[texts.FRENCH])),
)
