"""What the owner of a signature sees: from the link in the mail to taking the name back."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters.enums import Display, ReasonDisplay, SignatureState, Visibility
from letters.models import Signature
from letters.services.signatures import Changed, NotOpen
from letters.web import own
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State

Fields = dict[str, Any]
PRIVATE: Final[Fields] = {"visibility": Visibility.PRIVATE, "display": Display.PRIVATE}
NOT_COUNTED_YET: Final[Fields] = {"counted_at": None, "leaf": None, "claim_leaf": None}
HELD: Final[Fields] = {"state": SignatureState.HELD, "held_at": cast.AS_OF, **NOT_COUNTED_YET}
REMOVED: Final[Fields] = {"state": SignatureState.REMOVED, "removed_at": cast.AS_OF, "removal": "review"}
WITHDRAWN: Final[Fields] = {"state": SignatureState.WITHDRAWN, "withdrawn_at": cast.AS_OF}
NO_ADDRESS: Final[Fields] = {"email_sealed": None, "salt_sealed": None}
ERASED: Final[Fields] = {
    **NO_ADDRESS,
    **PRIVATE,
    "name": "",
    "role": "",
    "country": "",
    "erased_at": cast.AS_OF,
}
SHOWN_REASON: Final[Fields] = {
    "reason": "My sister lives at the other end of one of these lines.",
    "reason_display": ReasonDisplay.SHOWN,
}
LONG_NAME: Final[Fields] = {
    "name": "Marguerite Oyelaran-Featherstonehaugh von und zu Donaudampfschifffahrtsgesellschaft"
}


def waiting(page: str, *, status: int = 200, more: Fields | None = None, **fields: Any) -> Show:
    """Return a page of a signature that waits for its owner."""
    return _page(page, cast.signature, status, more or {}, fields)


def counted(page: str, *, status: int = 200, more: Fields | None = None, **fields: Any) -> Show:
    """Return a page of a signature that is in the number."""
    return _page(page, cast.counted, status, more or {}, fields)


def _page(page: str, make: Any, status: int, more: Fields, fields: Fields) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        end = cast.closing_in(fields["hours"]) if "hours" in fields else {}
        home = cast.letter(**end, names_after_review="review" in fields)
        facts = {name: value for name, value in fields.items() if name not in {"hours", "review"}}
        signature: Signature = make(home, **facts)
        above = {"above": cast.signatories(home, 2)} if page == "thanks" else {}
        return own.page(request, page, signature, status=status, **above, **more)

    return show


def _problem(what: str, status: int, *, letter: bool = False) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        signature = cast.signature() if letter else None
        return own.problem(request, what, status=status, signature=signature)

    return show


STATES: Final = (
    State("link-unknown", _problem("unknown", 404), 404),
    State("link-expired", _problem("expired", 410, letter=True), 410),
    State("link-superseded", _problem("superseded", 410, letter=True), 410),
    State("link-gone", _problem("gone", 410), 410),
    State("link-closed-door", _problem("closed_door", 403), 403),
    State("confirm", waiting("confirm", updates=True)),
    State("confirm-private", waiting("confirm", **PRIVATE)),
    State("confirm-review", waiting("confirm", review=True)),
    State("confirm-long-name", waiting("confirm", **LONG_NAME)),
    State("confirm-changed", waiting("confirm", status=409, more={"refusal": Changed()}), 409),
    State("confirm-replaced", waiting("confirm", more={"replaced": True})),
    State("confirm-after-closing", waiting("confirm", hours=-30)),
    State("confirm-too-late", waiting("confirm", hours=-60)),
    State("thanks", counted("thanks", hours=900, updates=True)),
    State("thanks-not-counted-yet", counted("thanks", **NOT_COUNTED_YET)),
    State("thanks-private", counted("thanks", **PRIVATE)),
    State("thanks-waiting", counted("thanks", display=Display.WAITING)),
    State("thanks-declined", counted("thanks", display=Display.DECLINED)),
    State("thanks-closed", counted("thanks", hours=-30)),
    State("thanks-arabic-name", counted("thanks", name="ليلى حداد", role="معلّمة", country="JO")),
    State("manage-pending", waiting("manage")),
    State("manage-too-late", waiting("manage", hours=-60)),
    State("manage-refused", waiting("manage", status=409, more={"refusal": NotOpen()}, hours=-60), 409),
    State("manage", counted("manage", updates=True)),
    State("manage-not-counted-yet", counted("manage", **NOT_COUNTED_YET)),
    State("manage-private", counted("manage", **PRIVATE)),
    State("manage-waiting", counted("manage", display=Display.WAITING)),
    State("manage-declined", counted("manage", display=Display.DECLINED)),
    State("manage-held", counted("manage", **HELD)),
    State("manage-removed", counted("manage", **REMOVED)),
    State("manage-withdrawn", counted("manage", **WITHDRAWN)),
    State("manage-withdrawn-closed", counted("manage", hours=-30, **WITHDRAWN)),
    State("manage-erased", counted("manage", **ERASED)),
    State("manage-reason", counted("manage", **SHOWN_REASON)),
    State(
        "manage-reason-waiting",
        counted("manage", **{**SHOWN_REASON, "reason_display": ReasonDisplay.WAITING}),
    ),
    State(
        "manage-reason-declined",
        counted("manage", **{**SHOWN_REASON, "reason_display": ReasonDisplay.DECLINED}),
    ),
    State("no-receipt-pending", waiting("no_receipt", status=404), 404),
    State("no-receipt-not-sealed", counted("no_receipt", status=404, **NOT_COUNTED_YET), 404),
    State("no-receipt-erased", counted("no_receipt", status=404, **NO_ADDRESS), 404),
    State("withdraw", counted("withdraw")),
    State("withdraw-erased", counted("withdraw", **ERASED)),
    State("news", counted("news", updates=True)),
    State("news-stopped", counted("news", more={"done": True})),
    State("news-stopped-already", counted("news")),
    State("news-asked-again", counted("news", updates=True, more={"done": True})),
    State("news-no-address", counted("news", **NO_ADDRESS)),
    State("not-me-pending", waiting("not_me")),
    State("not-me-counted", counted("not_me")),
    State("disowned", waiting("disowned", more={"never_again": False})),
    State("disowned-for-good", waiting("disowned", more={"never_again": True})),
    State("mails-stopped", counted("disowned", more={"never_again": True})),
)
