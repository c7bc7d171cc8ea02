"""Pages for what went wrong."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults

from letters.enums import LetterStatus
from letters.web import errors
from letters.web.found import Gone
from letters.web.gallery import cast
from letters.web.gallery.state import State


def _withdrawn(request: HttpRequest) -> HttpResponse:
    reason = "Two of the figures in it were wrong. We are sorry, and we are writing a better one."
    letter = cast.letter(status=LetterStatus.WITHDRAWN, withdrawn_at=cast.AS_OF, withdrawn_reason=reason)
    return errors.not_found(request, Gone(letter))


STATES: Final = (
    State("error-400", errors.bad_request, 400),
    State("error-403", lambda request: defaults.permission_denied(request, PermissionDenied()), 403),
    State("error-404", lambda request: errors.not_found(request, Http404()), 404),
    State("error-410", _withdrawn, 410),
    State("error-413", errors.too_large, 413),
    State("error-500", defaults.server_error, 500),
    State("error-503", lambda request: errors.unavailable(), 503),
)
