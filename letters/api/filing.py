"""What every file of a letter does alike: it is downloaded under a name that says of which moment it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from letters import cells, limits
from letters.api import conditional, parameters, rates, values
from letters.api.conditional import Version
from letters.api.descriptions import Description
from letters.api.door import Door, JsonOnly, View
from letters.api.operations import Operation
from letters.api.values import Reader
from letters.cells import Cell

AS_CSV: Final[dict[str, Reader]] = {"bom": values.one_of(["1"])}
"""With it a CSV begins with the mark by which some spreadsheets know UTF-8."""


class AnyForm(JsonOnly):
    """An address that ends with the name of a file answers with that file."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer of problems, whatever the reader accepts."""
        return next(iter(renderers)), "application/json"


def filing(
    operation: Operation, *, query: Mapping[str, Reader]
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Make the address of a file from a function that gets what was `asked`."""

    def address(view: Callable[..., HttpResponseBase]) -> View:
        class Filing(Door):
            content_negotiation_class = AnyForm
            schema = Description(operation, query, ())
            budget = limits.FILES

            def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
                response = view(request, parameters.read(request.GET, query), *args, **kwargs)
                if response.status_code != 304:
                    rates.pay(request)
                return response

        Filing.__name__, Filing.__doc__ = view.__name__, view.__doc__
        return Filing.as_view()

    return address


@dataclass(frozen=True)
class File:
    """A file that was asked for: which version of it, and under which name it is kept.

    The name is asked for after the rows, for it says of which moment they are. Nothing is looked up for
    a reader who has the file, or who cannot pay for it.
    """

    request: Request
    version: Version
    name: Callable[[], str]

    def table(
        self, columns: Sequence[str], rows: Callable[[], Iterable[Sequence[Cell]]], *, bom: bool
    ) -> HttpResponseBase:
        """Return a CSV with these columns, piece by piece, or 304."""
        return self._answer(cells.KIND, lambda: cells.pieces(columns, rows(), start=cells.BOM if bom else ""))

    def words(self, kind: str, written: Callable[[], str]) -> HttpResponseBase:
        """Return a text, or 304."""
        return self._answer(f"{kind}; charset=utf-8", lambda: [written().encode()])

    def _answer(self, kind: str, content: Callable[[], Iterable[bytes]]) -> HttpResponseBase:
        response: HttpResponseBase | None = conditional.known(self.request, self.version)
        if response is None:
            rates.pay(self.request)
            pieces = content()
            is_head = self.request.method == "HEAD"
            response = HttpResponse() if is_head else StreamingHttpResponse(pieces)
            response["Content-Type"] = kind
            response["Content-Disposition"] = f'attachment; filename="{self.name()}"'
        return conditional.marked(response, self.version)
