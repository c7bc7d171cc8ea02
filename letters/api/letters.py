"""Letters and their numbers."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import limits
from letters.api import conditional, moments, parameters, problems, representations
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.parameters import Listing
from letters.enums import LetterStatus
from letters.models import Letter
from letters.queries import letters
from letters.queries.letters import Page


@reading
def root(request: Request) -> HttpResponse:
    """Where to begin."""
    parameters.none(request.GET)
    version = Version((representations.address("api:root"),), None, limits.LETTER_SHARED_SECONDS)
    return conditional.answer(request, version, representations.root)


@reading
def listed(request: Request) -> HttpResponse:
    """Letters that have opened, page by page."""
    now = timezone.now()
    asked = parameters.listing(request.GET)
    page = _page(asked, at=now)
    following = _following(asked, page)
    version = conditional.of_page(page, at=now, shared_seconds=limits.LETTER_SHARED_SECONDS)
    response = conditional.answer(
        request, version, lambda: representations.listing(page, asked.given, following, at=now)
    )
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


@reading
def letter(request: Request, slug: str) -> HttpResponse:
    """One letter."""
    now = timezone.now()
    parameters.none(request.GET)
    found = letters.find(slug=slug, at=now)
    if found is None:
        raise _absent(letters.with_number(slug=slug))
    version = conditional.of_letter(found.letter, at=now, shared_seconds=limits.LETTER_SHARED_SECONDS)
    return conditional.answer(request, version, lambda: {"data": representations.letter(found, at=now)})


@reading
def count(request: Request, slug: str) -> HttpResponse:
    """The number of one letter: one SQL statement."""
    now = timezone.now()
    parameters.none(request.GET)
    one = letters.with_number(slug=slug)
    if one is None or one.status == LetterStatus.WITHDRAWN:
        raise _absent(one)
    version = conditional.of_letter(one, at=now, shared_seconds=limits.COUNT_SHARED_SECONDS)
    return conditional.answer(request, version, lambda: representations.count(one))


@reading
def unknown(request: Request) -> HttpResponse:
    """Every other address under the API's."""
    raise Http404


def _page(asked: Listing, *, at: datetime) -> Page:
    try:
        return letters.page(
            at=at,
            size=asked.size,
            order=asked.order,
            wanted=letters.Wanted(state=asked.state, organization=asked.organization),
            after=asked.after,
        )
    except letters.UnknownOrganization as error:
        detail = "No organization with a public letter has this slug."
        raise parameters.problem("organization", detail) from error


def _following(asked: Listing, page: Page) -> str | None:
    if page.after is None:
        return None
    query = {**asked.given, "cursor": parameters.cursor(page.after, asked.order)}
    return representations.address("api:letters", query=query)


def _absent(one: Letter | None) -> problems.Problem:
    if one is None or one.withdrawn_at is None:
        return problems.Problem(problems.NOT_FOUND)
    return problems.Problem(
        problems.GONE, withdrawn_at=moments.iso(one.withdrawn_at), reason=one.withdrawn_reason
    )
