"""Everyone who signed and is shown: page by page, and those whom somebody looks for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_countries import countries

from letters import cursors, folding, limits, text
from letters.enums import Method
from letters.models import Letter, Signature
from letters.queries import signatures
from letters.queries.letters import PublicLetter
from letters.queries.signatures import EVERYONE, Page, Place, Wanted
from letters.web import caching, kept
from letters.web.found import base_context, find

CURSOR: Final = "cursor"


@require_safe
def names(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of names. Most readers look at the first; a parameter that is not ours changes nothing."""
    wanted = _wanted(request.GET)
    if CURSOR in request.GET or wanted != EVERYONE:
        written = _written(request, slug, wanted)
        response = caching.public(written, shared_seconds=limits.PAGE_SHARED_SECONDS)
    else:
        response = kept.page(request, slug=slug, part="names", write=lambda: _written(request, slug, wanted))
    response["X-Robots-Tag"] = "noindex"
    return response


def _written(request: HttpRequest, slug: str, wanted: Wanted) -> HttpResponse:
    found = find(slug)
    place = _place(request.GET, found.letter, wanted)
    page = signatures.wall(letter=found.letter, size=limits.NAMES_PER_PAGE, after=place, wanted=wanted)
    codes = signatures.countries(letter=found.letter)
    on_top = place is None and wanted == EVERYONE
    featured = signatures.featured(letter=found.letter, size=limits.FEATURED_MOST) if on_top else []
    return show(request, found, page, codes=codes, featured=featured, wanted=wanted, is_first=place is None)


def show(
    request: HttpRequest,
    found: PublicLetter,
    page: Page,
    *,
    codes: Sequence[str],
    featured: Sequence[Signature] = (),
    wanted: Wanted = EVERYONE,
    is_first: bool = True,
) -> HttpResponse:
    """Return one page of names; `codes` are the countries that stand on the wall."""
    context = base_context(found) | {
        "page": page,
        "featured": featured,
        "wanted": wanted,
        "everyone": wanted == EVERYONE,
        "is_first": is_first,
        "first": _query(wanted),
        "words": urlencode({"q": wanted.words}),
        "next": _query(wanted, cursor=_cursor(found.letter, wanted, page)),
        "countries": _countries(codes, wanted),
        "methods": _methods(found, wanted),
    }
    return render(request, "letters/names.html", context)


def _wanted(query: QueryDict) -> Wanted:
    """Return what is looked for. A country or method that there is none of is taken for any."""
    country, method = query.get("country", ""), query.get("method", "")
    return Wanted(
        text.shown(query.get("q", "")[: limits.NAME_MAX]),
        country if country in countries.countries else "",
        method if method in Method.values else "",
    )


def _countries(codes: Sequence[str], wanted: Wanted) -> list[tuple[str, str]]:
    offered = {*codes, wanted.country} - {""}
    return sorted(((code, countries.name(code)) for code in offered), key=lambda one: folding.fold(one[1]))


def _methods(found: PublicLetter, wanted: Wanted) -> list[Method]:
    used = (method for method in Method if getattr(found.tally, f"by_{method}") or method == wanted.method)
    return list(used)


def _place(query: QueryDict, letter: Letter, wanted: Wanted) -> Place | None:
    if CURSOR not in query:
        return None
    try:
        return Place(*cursors.read_moment(query.get(CURSOR, ""), of=list_of(letter, wanted)))
    except cursors.BadCursor as error:
        raise Http404(CURSOR) from error


def _cursor(letter: Letter, wanted: Wanted, page: Page) -> str:
    if page.after is None:
        return ""
    return cursors.make(of=list_of(letter, wanted), value=page.after.value, pk=page.after.pk)


def list_of(letter: Letter, wanted: Wanted) -> str:
    """Return what a cursor is bound to: these names of this letter, however the words were typed."""
    words = folding.sought(wanted.words)
    return "names:" + json.dumps([letter.public_id, words, wanted.country, wanted.method])


def _query(wanted: Wanted, *, cursor: str = "") -> str:
    given = {"q": wanted.words, "country": wanted.country, "method": wanted.method, CURSOR: cursor}
    return urlencode({name: value for name, value in given.items() if value})
