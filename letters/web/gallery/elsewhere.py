"""A letter’s data, and the letter on pages of others."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters.enums import Phase
from letters.web import downloads, embeds
from letters.web.gallery import cast, texts
from letters.web.gallery.state import Show, State


def _embed(size: str, theme: str = "", *, phase: Phase = Phase.OPEN, **given: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return embeds.show(request, cast.found(phase, **given), size=size, theme=theme)

    return show


def _data(phase: Phase = Phase.OPEN, **given: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return downloads.show(request, cast.found(phase, **given))

    return show


STATES: Final = (
    State("data", _data()),
    State("data-with-names", _data(names_in_api=True)),
    State("data-scheduled", _data(Phase.SCHEDULED)),
    State("data-arabic", _data(words=[texts.ARABIC], names_in_api=True)),
    State("embed-s", _embed("s")),
    State("embed-m", _embed("m")),
    State("embed-s-light", _embed("s", "light")),
    State("embed-m-dark", _embed("m", "dark")),
    State("embed-closed", _embed("m", phase=Phase.CLOSED, **cast.closing_in(-30))),
    State("embed-scheduled", _embed("s", phase=Phase.SCHEDULED)),
    State("embed-long-words", _embed("s", words=[texts.LONG], count=9_999_999)),
    State("embed-arabic", _embed("m", words=[texts.ARABIC])),
)
