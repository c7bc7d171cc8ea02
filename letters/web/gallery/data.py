"""What its owner does with a signature: changing it, saying why, asking for a link, being forgotten."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters.models import Signature
from letters.web import lost_links, origins, own
from letters.web.forms import ChangeForm
from letters.web.gallery import cast
from letters.web.gallery.owner import (
    ERASED,
    NO_ADDRESS,
    NOT_COUNTED_YET,
    PRIVATE,
    SHOWN_REASON,
    WITHDRAWN,
    counted,
    waiting,
)
from letters.web.gallery.state import Show, State
from letters.web.lost_links import AddressForm
from letters.web.my_changes import ReasonForm

SAID: Final = {"name": "Noor van den Berg", "visibility": "public", "language": "en"}
STALE: Final = {"fresh": False, "sent": False}
FRESH: Final = {"fresh": True}


def _change(signature: Signature, given: dict[str, str] | None = None) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        form = ChangeForm(signature=signature, data=given)
        return own.page(request, "change", signature, status=422 if given else 200, form=form)

    return show


def _reason(given: dict[str, str] | None = None, **fields: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        signature = cast.counted(**fields)
        form = ReasonForm(given, initial={"reason": signature.reason})
        return own.page(request, "reason", signature, status=422 if given else 200, form=form)

    return show


def _lost(
    given: dict[str, str] | None = None, *, status: int = 200, sent: bool = False, says: Any = None
) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        form = AddressForm(given)
        if says:
            form.add_error(None, says)
        return lost_links.show(request, cast.found(), form, status=status, sent=sent)

    return show


STATES: Final = (
    State("change-pending", _change(cast.signature())),
    State("change", _change(cast.counted(updates=True))),
    State("change-review", _change(cast.counted(cast.letter(names_after_review=True)))),
    State("change-wrong", _change(cast.counted(), {**SAID, "name": "https://example.org"}), 422),
    State("reason", _reason()),
    State("reason-given", _reason(**SHOWN_REASON)),
    State("reason-private", _reason(**PRIVATE)),
    State("reason-wrong", _reason({"reason": "x" * 900}), 422),
    State("data", counted("data", more=STALE)),
    State("data-sent", counted("data", more={"fresh": False, "sent": True})),
    State("data-no-address", counted("data", more=STALE, **NO_ADDRESS)),
    State("data-fresh", counted("data", more=FRESH)),
    State("data-fresh-pending", waiting("data", more=FRESH)),
    State("data-fresh-withdrawn", counted("data", more=FRESH, **WITHDRAWN)),
    State("data-fresh-erased", counted("data", more=FRESH, **ERASED)),
    State("forget", counted("forget")),
    State("delete", counted("delete")),
    State("delete-not-counted-yet", counted("delete", **NOT_COUNTED_YET)),
    State("delete-withdrawn", counted("delete", **WITHDRAWN)),
    State("forgotten", counted("gone", more={"kept": True}, **ERASED)),
    State("deleted", counted("gone", more={"kept": False}, **ERASED)),
    State("lost-link", _lost()),
    State("lost-link-wrong", _lost({"email": "noor@"}, status=422), 422),
    State(
        "lost-link-from-elsewhere",
        _lost({"email": "noor@example.org"}, status=403, says=origins.SENT_FROM_ELSEWHERE),
        403,
    ),
    State("lost-link-sent", _lost(sent=True)),
)
