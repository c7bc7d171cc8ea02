"""Every letter that may be read, and those that somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters import cursors, languages, limits, text
from letters.queries import letters
from letters.queries.letters import EVERYTHING, Order, Page, Place, Wanted
from letters.web import caching

CURSOR: Final = "cursor"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One page of letters, the newest first. A parameter that is not ours changes nothing."""
    now, wanted = timezone.now(), _wanted(request.GET)
    place = _place(request.GET, wanted)
    page = letters.page(
        at=now,
        size=limits.LETTERS_PER_PAGE,
        order=Order.NEWEST,
        wanted=wanted,
        after=place,
        language=languages.asked(),
    )
    return show(request, page, codes=letters.languages(at=now), wanted=wanted, is_first=place is None)


def show(
    request: HttpRequest,
    page: Page,
    *,
    codes: Sequence[str],
    wanted: Wanted = EVERYTHING,
    is_first: bool = True,
) -> HttpResponse:
    """Return one page of letters; `codes` are the languages in which there are any."""
    context = {
        "letters": page.letters,
        "wanted": wanted,
        "everything": wanted == EVERYTHING,
        "is_first": is_first,
        "next": _next(wanted, page),
        "total": page.total,
        "written": [(code, languages.name(code)) for code in codes],
    }
    response = render(request, "letters/list.html", context)
    return caching.public(response, shared_seconds=limits.PAGE_SHARED_SECONDS)


def _wanted(query: QueryDict) -> Wanted:
    """Return what is looked for. A language that is none is taken for any."""
    written = query.get("language", "")
    written_in = written if written in languages.KNOWN else ""
    return Wanted(words=text.shown(query.get("q", "")[: limits.NAME_MAX]), written_in=written_in)


def _list_of(wanted: Wanted) -> str:
    return f"index:{wanted.words}:{wanted.written_in}"


def _place(query: QueryDict, wanted: Wanted) -> Place | None:
    if CURSOR not in query:
        return None
    try:
        return Place(*cursors.read_moment(query.get(CURSOR, ""), of=_list_of(wanted)))
    except cursors.BadCursor as error:
        raise Http404(CURSOR) from error


def _next(wanted: Wanted, page: Page) -> str:
    if page.after is None:
        return ""
    cursor = cursors.make(of=_list_of(wanted), value=page.after.value, pk=page.after.pk)
    given = {"q": wanted.words, "language": wanted.written_in, CURSOR: cursor}
    return urlencode({name: value for name, value in given.items() if value})
