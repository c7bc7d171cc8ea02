"""A link for the press, in its states."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters.enums import Phase
from letters.models import PressLink
from letters.queries.signatures import Page
from letters.web import embargoes, letters
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State

CODES: Final = [words.language for words in cast.WORDS]


def _link(*, over: bool = False) -> PressLink:
    now = timezone.now()
    return PressLink(
        letter=cast.letter(opens_at=now + timedelta(days=12)),
        recipient="Le Monde, A. Martin",
        embargo_until=now + timedelta(days=-1 if over else 12),
        words="Questions to Ines Albrecht, from Tuesday on.",
        made_at=cast.AS_OF,
    )


def _asks(codes: list[str], *, over: bool = False, **said: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return embargoes.ask(request, _link(over=over), codes, at=timezone.now(), **said)

    return show


def _letter(*, over: bool = False) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(Phase.SCHEDULED, count=0, opens_at=timezone.now() + timedelta(days=12))
        nobody = Page([], None)
        context = letters.context(found, page=nobody, featured=[], first=[], reasons=[], days=[])
        return embargoes.show(request, _link(over=over), context, at=timezone.now())

    return show


def _revoked(request: HttpRequest) -> HttpResponse:
    return embargoes.gone(request, _link(), status=410)


def _unknown(request: HttpRequest) -> HttpResponse:
    return embargoes.gone(request, None, status=404)


def _busy(request: HttpRequest) -> HttpResponse:
    return embargoes.busy(request, 20)


FOREIGN: Final[dict[str, Any]] = {"refusal": str(embargoes.SENT_FROM_ELSEWHERE), "status": 403}
STATES: Final = (
    State("embargo", _asks(["en"])),
    State("embargo-languages", _asks(CODES)),
    State("embargo-over", _asks(["en"], over=True)),
    State("embargo-foreign", _asks(["en"], **FOREIGN), 403),
    State("embargo-letter", _letter()),
    State("embargo-letter-over", _letter(over=True)),
    State("embargo-revoked", _revoked, 410),
    State("embargo-unknown", _unknown, 404),
    State("embargo-busy", _busy, 429),
)
