"""Signing: the form alone, and the page after it."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict

from letters.enums import LetterStatus, Phase
from letters.services.pending import WrongCode
from letters.services.signatures import TextChanged
from letters.tokens import Handle
from letters.web import check_email, errors, origins, signatures
from letters.web.check_email import CodeForm
from letters.web.forms import SignForm
from letters.web.gallery import cast
from letters.web.gallery.letter import ALL_ASKED, NONE_ASKED
from letters.web.gallery.record import AMENDED
from letters.web.gallery.state import Show, State

ANSWERS: Final = {
    "name": "Noor van den Berg",
    "email": "noor@example.org",
    "role": "Piano tuner",
    "affiliation": "Conservatory of Antwerp",
    "country": "BE",
    "visibility": "public",
}
NOTHING: Final[dict[str, Any]] = dict.fromkeys(ANSWERS, "")
HANDLE: Final = Handle(1, b"k" * 32, "no…@example.org", cast.AS_OF)


def _form(phase: Phase = Phase.OPEN, *, status: int = 200, says: Any = None, **answers: str | None) -> Show:
    """Return the form as it comes back: with these answers in the place of good ones, or untouched."""

    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(phase, **ALL_ASKED)
        data = {name: value for name, value in {**ANSWERS, **answers}.items() if value is not None}
        form = SignForm(text=found.text, data=data if status != 200 else None)
        if says:
            form.add_error(None, says)
        return signatures.form_page(request, found, form, status=status)

    return show


def _over(phase: Phase, **fields: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(phase, **fields)
        return signatures.form_page(request, found, SignForm(text=found.text), status=409)

    return show


def _changed(request: HttpRequest) -> HttpResponse:
    found = cast.found(facts=AMENDED)
    form = SignForm(text=found.text, data={**ANSWERS, "read": found.text.number})
    return signatures.form_page(request, found, form, status=409, refusal=TextChanged())


def _short(request: HttpRequest) -> HttpResponse:
    found = cast.found(**NONE_ASKED)
    return signatures.form_page(request, found, SignForm(text=found.text))


def _sent(
    handle: Handle | None = HANDLE, *, query: str = "", status: int = 200, code: str | None = None
) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        request.GET = QueryDict(query)
        form = CodeForm(None if code is None else {"code": code})
        if code is not None and form.is_valid():
            form.add_error("code", str(WrongCode.message))
        return check_email.page(request, cast.found(), handle, form, status=status)

    return show


STATES: Final = (
    State("form", _form()),
    State("form-short", _short),
    State("form-no-name", _form(status=422, name=""), 422),
    State("form-bad-name", _form(status=422, name="https://example.org"), 422),
    State("form-no-email", _form(status=422, email=""), 422),
    State("form-bad-email", _form(status=422, email="noor@"), 422),
    State("form-no-role", _form(status=422, role=""), 422),
    State("form-no-affiliation", _form(status=422, affiliation=""), 422),
    State("form-no-country", _form(status=422, country=""), 422),
    State("form-no-visibility", _form(status=422, visibility=None), 422),
    State("form-several", _form(status=422, **NOTHING), 422),
    State("form-from-elsewhere", _form(status=403, says=origins.SENT_FROM_ELSEWHERE), 403),
    State("form-text-changed", _changed, 409),
    State("form-paused", _over(Phase.PAUSED, status=LetterStatus.PAUSED), 409),
    State("form-closed", _over(Phase.CLOSED), 409),
    State("form-timed-out", errors.form_timed_out, 403),
    State("check-email", _sent()),
    State("check-email-again", _sent(query="again=1")),
    State("check-email-no-code", _sent(code="", status=422), 422),
    State("check-email-wrong-code", _sent(code="123456", status=422), 422),
    State("check-email-expired", _sent(None)),
    State("check-email-expired-sent", _sent(None, status=410), 410),
)
