"""One state of one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse

Show = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class State:
    """A page as it stands then: `name` is its address in the gallery, `status` what it answers."""

    name: str
    show: Show
    status: int = 200


def visit(view: str, *args: object) -> Show:
    """Return the page of an address that asks no row, as the site itself answers there."""

    def show(request: HttpRequest) -> HttpResponseBase:
        found = resolve(reverse(view, args=args))
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return answer

    return show
