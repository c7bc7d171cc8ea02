"""What every address of the API does alike: reads only, speaks JSON, is open to every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters import limits
from letters.api import parameters, problems, rates
from letters.api.descriptions import Description
from letters.api.operations import Operation
from letters.api.values import Reader
from letters.limits import Budget

View = Callable[..., HttpResponseBase]
JSON: Final = "json"
HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}
PREFLIGHT: Final = {
    "Allow": problems.METHODS,
    "Access-Control-Allow-Methods": problems.METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class JsonOnly(BaseContentNegotiation):
    """One form for everybody: an answer differs by its address alone, so caches keep one copy."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the JSON renderer, or raise NotAcceptable. Another form is named in the address."""
        if request.query_params.get("format", JSON) == JSON and not _takes_json(request):
            raise NotAcceptable
        renderer = next(iter(renderers))
        return renderer, "application/json"


def _takes_json(request: Request) -> bool:
    if not request.headers.get("Accept", "").strip():
        return True
    try:
        accepted = request.accepted_types
    except (ValueError, LookupError):  # too long, or in an encoding that nobody knows
        return False
    return any(kind.main_type in {"*", "application"} and kind.sub_type in {"*", "json"} for kind in accepted)


class Door(APIView):
    """A view that only reads."""

    http_method_names = ("get", "head", "options")
    content_negotiation_class = JsonOnly
    budget = limits.READING

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Take the answer from the budget of the reader's network; the question of a browser is free."""
        if request.method != "OPTIONS":
            rates.owe(request, self.budget)
        super().initial(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer with a problem, which costs as much as what was asked for."""
        try:
            rates.pay(self.request)
        except problems.Problem as denied:
            exc = denied
        return super().handle_exception(exc)

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Nothing but what `finalize_response` adds."""
        return {}

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Answer the question that a browser asks before it lets a page read us."""
        response = HttpResponse(status=204, headers=PREFLIGHT)
        del response["Content-Type"]
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let every page read the answer, the one of a problem too."""
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        response["RateLimit-Policy"] = rates.policy(self.budget)
        return response


def reading(
    operation: Operation,
    *,
    query: Mapping[str, Reader] | None = None,
    needed: Sequence[str] = (),
    budget: Budget = limits.READING,
) -> Callable[[Callable[..., HttpResponse]], View]:
    """Make an address of the API from a function that answers GET, out of this budget.

    A function whose address takes a `query` gets what was `asked`. Any other parameter is refused, so
    that what the document says of an address and what the address takes cannot differ.
    """
    readers = query or {}

    def address(view: Callable[..., HttpResponse]) -> View:
        def read(request: Request, **parts: Any) -> HttpResponse:
            asked = parameters.read(request.GET, readers, needed=needed)
            return view(request, asked, **parts) if readers else view(request, **parts)

        return _door(view, read, Description(operation, readers, needed), budget)

    return address


def undescribed(view: Callable[..., HttpResponse]) -> View:
    """Make an address that the document of the API does not name."""
    return _door(view, view, None, limits.READING)


def _door(
    view: Callable[..., HttpResponse], read: Callable[..., HttpResponse], described: Any, paid_from: Budget
) -> View:
    class Reading(Door):
        schema = described
        budget = paid_from

        def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            response = read(request, *args, **kwargs)
            if response.status_code != 304:
                rates.pay(request)
            return response

    Reading.__name__, Reading.__doc__ = view.__name__, view.__doc__
    return Reading.as_view()
