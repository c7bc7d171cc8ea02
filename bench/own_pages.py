"""One view that renders the letter's own template: what is left of a page when nothing is asked."""

from __future__ import annotations

from functools import cache as once

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from advocacy import urls
from letters.web import letters
from letters.web.found import find

addresses, handler404 = urls.addresses, urls.handler404


def rendered(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the page of a letter as it was when it was first asked for."""
    return render(request, "letters/letter.html", _facts(slug))


@once
def _facts(slug: str) -> dict[str, object]:
    return letters._page_context(find(slug))  # noqa: SLF001 - the very facts of the page


urlpatterns = [path("own/<slug:slug>/", rendered), *urls.urlpatterns]
