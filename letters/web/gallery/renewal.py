"""Whoever signed an earlier text is asked to sign the amended one."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from letters.refusal import Refusal
from letters.services.renewals import TextChanged
from letters.web import my_renewal, own
from letters.web.gallery import cast, texts
from letters.web.gallery.record import AMENDED, older
from letters.web.gallery.state import Show, State
from letters.web.gallery.texts import Words


def _asked(
    words: Words = texts.ENGLISH, *, signed: Words | None = None, refusal: Refusal | None = None
) -> Show:
    """Return the page with one button; `signed` are words in another language that were signed."""

    def show(request: HttpRequest) -> HttpResponse:
        home = cast.letter()
        one = cast.counted(home, text=cast.text(home, signed or older(words, 1)), language=words.language)
        return my_renewal.show(request, one, cast.text(home, words, number=3, **AMENDED), refusal)

    return show


def _renewed(request: HttpRequest) -> HttpResponse:
    home = cast.letter()
    one = cast.counted(home, text=cast.text(home, number=3, **AMENDED))
    return own.page(request, "renewed", one)


def _manage(request: HttpRequest) -> HttpResponse:
    home = cast.letter()
    return own.page(request, "manage", cast.counted(home), new_text=cast.text(home, number=3, **AMENDED))


STATES: Final = (
    State("new-text", _asked()),
    State("new-text-changed", _asked(refusal=TextChanged()), 409),
    State("new-text-other-language", _asked(signed=texts.FRENCH)),
    State("new-text-long-words", _asked(texts.LONG)),
    State("new-text-arabic", _asked(texts.ARABIC)),
    State("renewed", _renewed),
    State("manage-new-text", _manage),
)
