"""What goes wrong, as problem details (RFC 9457); each type has a page that explains it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_noop as _
from rest_framework.exceptions import MethodNotAllowed, NotAcceptable
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

log = logging.getLogger(__name__)
METHODS: Final = "GET, HEAD, OPTIONS"
TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One type of problem: its name in the address, and what its page says."""

    name: str
    status: int
    title: str
    meaning: str
    remedy: str

    @property
    def url(self) -> str:
        """The stable address that names the type."""
        return f"{settings.SITE_URL}/problems/{self.name}/"


NOT_FOUND: Final = Kind(
    "not-found",
    404,
    _("There is nothing at this address"),
    _("No published letter or resource has this address."),
    _("Check the spelling. API addresses end without a slash. A letter appears here when it is published."),
)
GONE: Final = Kind(
    "gone",
    410,
    _("This letter was withdrawn"),
    _("The letter was public and its organizer has withdrawn it. It does not come back."),
    _("Remove the address from your lists. `withdrawn_at` says since when."),
)
NAMES_NOT_OFFERED: Final = Kind(
    "names-not-offered",
    403,
    _("The names of this letter are not in the API"),
    _(
        "A signature shows a political opinion. So names are given out as data only where the organization "
        "of a letter has switched that on, and this one has not. It is nothing that you did wrong."
    ),
    _("Read the names on the page of the letter: `names` is its address. The numbers are in the API."),
)
INVALID_PARAMETER: Final = Kind(
    "invalid-parameter",
    400,
    _("A parameter is unknown or its value cannot be used"),
    _("A parameter that is not understood is never ignored, so that a typo does not give wrong numbers."),
    _("`errors` names each parameter, what is wrong with it, and what is allowed."),
)
WITHHELD: Final = Kind(
    "withheld",
    451,
    _("These words are withheld by order of law"),
    _(
        "An authority has ordered that these words are not shown. The letter, its names and its number stay, "
        "and so does the fingerprint of the words."
    ),
    _("`withheld` says who ordered it, when and why. The other versions and languages can be read."),
)
METHOD_NOT_ALLOWED: Final = Kind(
    "method-not-allowed",
    405,
    _("This method is not allowed here"),
    _("The API only reads. Nothing is signed, changed or removed through it."),
    _("Use GET, HEAD or OPTIONS."),
)
NOT_ACCEPTABLE: Final = Kind(
    "not-acceptable",
    406,
    _("The answer exists as JSON only"),
    _("The Accept header of the request leaves out application/json."),
    _("Send `Accept: application/json`, or no Accept header."),
)
PRECONDITION_FAILED: Final = Kind(
    "precondition-failed",
    412,
    _("The resource is not the one you named"),
    _("The request had an If-Match or If-Unmodified-Since header, and the resource has changed since."),
    _("Ask again without that header."),
)
RATE_LIMITED: Final = Kind(
    "rate-limited",
    429,
    _("Too many questions from your network"),
    _("Each network has a budget a minute, so that everybody is answered. `RateLimit-Policy` names it."),
    _("Ask again after `retry_after` seconds. A question with If-None-Match that ends in a 304 is free."),
)
SERVER_ERROR: Final = Kind(
    "server-error",
    500,
    _("We made a mistake"),
    _("The request could not be answered because of a fault of ours. It has been recorded."),
    _("Ask again later. The same request may work then."),
)
UNAVAILABLE: Final = Kind(
    "unavailable",
    503,
    _("The data cannot be read at the moment"),
    _("The database does not answer. No number is shown rather than a wrong one."),
    _("Ask again after the time in the Retry-After header, in seconds."),
)
KINDS: Final = {
    kind.name: kind
    for kind in (
        NOT_FOUND,
        GONE,
        NAMES_NOT_OFFERED,
        WITHHELD,
        INVALID_PARAMETER,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        PRECONDITION_FAILED,
        RATE_LIMITED,
        SERVER_ERROR,
        UNAVAILABLE,
    )
}
RETRY_AFTER_SECONDS: Final = 10


class Problem(Exception):
    """An answer that is a problem, with the members that only its type has."""

    def __init__(self, kind: Kind, *, headers: dict[str, str] | None = None, **members: object) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.headers = headers or {}
        self.members = members


# What Django, its database layer and Django REST framework raise.
KNOWN: Final[list[tuple[type[Exception], Problem]]] = [
    (Http404, Problem(NOT_FOUND)),
    (MethodNotAllowed, Problem(METHOD_NOT_ALLOWED, headers={"Allow": METHODS})),
    (NotAcceptable, Problem(NOT_ACCEPTABLE)),
    (SuspiciousOperation, Problem(INVALID_PARAMETER, detail="The query has too many parameters.", errors=[])),
    (OperationalError, Problem(UNAVAILABLE, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})),
    (InterfaceError, Problem(UNAVAILABLE, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})),
]


def answer(exc: Exception, context: dict[str, Any]) -> Response:
    """Return the answer for whatever a view raised. Django REST framework calls this."""
    problem = _problem(exc)
    kind = problem.kind
    if kind.status >= 500:
        log.error("%s: %s", kind.name, context["request"].path, exc_info=exc)
    return Response(_content(problem), status=kind.status, headers=_headers(problem), content_type=TYPE)


def plain(problem: Problem) -> HttpResponse:
    """Return the same answer for a view that Django REST framework does not know."""
    content = JSONRenderer().render(_content(problem))
    response = HttpResponse(content, status=problem.kind.status, headers=_headers(problem), content_type=TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _content(problem: Problem) -> dict[str, object]:
    kind = problem.kind
    content = {"type": kind.url, "title": kind.title, "status": kind.status, "detail": kind.remedy}
    return content | problem.members


def _headers(problem: Problem) -> dict[str, str]:
    return {"Cache-Control": "no-store", **problem.headers}


def _problem(exc: Exception) -> Problem:
    known = [exc] if isinstance(exc, Problem) else [one for kind, one in KNOWN if isinstance(exc, kind)]
    return known[0] if known else Problem(SERVER_ERROR)
