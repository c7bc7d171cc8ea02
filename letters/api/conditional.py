"""Which version of an answer this is, so that nobody fetches or renders twice what did not change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from rest_framework.request import Request
from rest_framework.response import Response

from letters import release
from letters.api import moments, problems, rates
from letters.enums import Interval
from letters.models import Letter
from letters.queries import series
from letters.queries.letters import Page

Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True)
class Version:
    """One version of one answer."""

    key: tuple[object, ...]
    changed_at: datetime | None
    shared_seconds: int

    @property
    def changed_second(self) -> int | None:
        """When it changed, as headers have it: in seconds since 1970."""
        return int(self.changed_at.timestamp()) if self.changed_at else None

    @property
    def etag(self) -> str:
        """The entity tag (RFC 9110, 8.8.3). A new release ends every old one."""
        return f'"{hashlib.sha256(json.dumps([release.digest(), *self.key]).encode()).hexdigest()[:32]}"'


def key(letter: Letter, *, at: datetime) -> tuple[object, ...]:
    """Return what changes with everything that readers see of a letter."""
    return (
        letter.public_id,
        letter.revision,
        letter.tally.revision,
        letter.names_revision.value,
        letter.phase(at=at),
        letter.organization.name,
        letter.organization.slug,
        letter.organization.approved_at is not None,
    )


def of_letter(letter: Letter, *, at: datetime, shared_seconds: int) -> Version:
    """Return the version of an answer about one letter."""
    seconds = moments.lasts([letter], at=at, most=shared_seconds)
    return Version(key(letter, at=at), moments.changed_at(letter, at=at), seconds)


def of_series(
    letter: Letter, *parts: str, interval: Interval = Interval.DAY, at: datetime, shared_seconds: int
) -> Version:
    """Return the version of how the number of a letter moved: the number's, until an hour or day is final.

    `parts` say which answer it is. That a day is final is a change of it, too, and has its moment.
    """
    tally, open_from = letter.tally, series.open_from(letter=letter, interval=interval, at=at)
    key = (letter.public_id, *parts, tally.revision, tally.as_of.isoformat(), open_from.isoformat())
    return Version(key, max(tally.as_of, open_from), shared_seconds)


def of_page(page: Page, *, at: datetime, shared_seconds: int) -> Version:
    """Return the version of one page of a list.

    It has no Last-Modified: a letter that leaves the list moves no time.
    """
    shown = [found.letter for found in page.letters]
    keys = (page.total, page.after is None, *(key(letter, at=at) for letter in shown))
    return Version(keys, None, moments.lasts(shown, at=at, most=shared_seconds))


def answer(request: Request, version: Version, body: Callable[[], object]) -> HttpResponse:
    """Return the body, or 304 to a reader who has this version already.

    A body is an answer already where it is not JSON.
    """
    response = known(request, version)
    if response is None:
        rates.pay(request)
        made = body()
        response = made if isinstance(made, HttpResponse) else Response(made)
    return marked(response, version)


def known(request: Request, version: Version) -> HttpResponse | None:
    """Return 304 for a reader who has this version already, else nothing. Raises a problem."""
    response = get_conditional_response(request, etag=version.etag, last_modified=version.changed_second)
    if response is not None and response.status_code == 412:
        raise problems.Problem(problems.PRECONDITION_FAILED)
    return response


def marked(response: Answer, version: Version) -> Answer:
    """Return an answer that says which version it is, and for how long."""
    response["ETag"] = version.etag
    if version.changed_second is not None:
        response["Last-Modified"] = http_date(version.changed_second)
    response["Cache-Control"] = shared_for(version.shared_seconds)
    return response


def for_good(response: HttpResponse) -> HttpResponse:
    """Let everybody keep for a year what never changes (RFC 8246)."""
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def shared_for(seconds: int) -> str:
    """Return the Cache-Control that lets shared caches keep an answer; a browser always asks again."""
    return f"public, max-age=0, must-revalidate, s-maxage={seconds}"
