"""Which language a page speaks: the one in its address, or that of the letter it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import set_urlconf
from django.utils import translation

from letters import languages


class Addresses:
    """The addresses of the site in one language: its links lead to pages in the same."""

    def __init__(self, code: str) -> None:
        root = import_module(settings.ROOT_URLCONF)
        self.urlpatterns: list[Any] = root.addresses(code)
        self.handler404 = root.handler404


@cache
def addresses(code: str) -> Addresses:
    """Return the addresses in a known language; there are about a hundred."""
    return Addresses(code)


class PageLanguage:
    """Takes the language from the address, never from the browser: one address, one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code, _rest = languages.split(request.path_info)
        languages.ask(code)
        if code:
            request.urlconf = addresses(code)  # type: ignore[assignment]  # an object will do
        with translation.override(languages.nearest(code)):
            response = self.get_response(request)
        set_urlconf(None)
        return response


def follow(code: str) -> None:
    """Write this page in the language of what it is about, unless its address names one."""
    if languages.asked():
        return
    translation.activate(languages.nearest(code))
    other = code != settings.LANGUAGE_CODE and code in languages.KNOWN
    set_urlconf(addresses(code) if other else None)  # type: ignore[arg-type]  # an object will do
