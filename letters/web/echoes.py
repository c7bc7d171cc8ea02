"""One answer for everybody who asks for the same within a second.

What a shared cache may keep (RFC 9111), each web process keeps too, for a second at most: a crowd then
costs no look at the database, no session, no language, no policy, only this. An answer that is paid for
out of the budget of a network is paid for all the same.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from letters import limits, rates
from letters.limits import Budget

SHARED: Final = re.compile(r"public,.*s-maxage=(\d+)")
POLICY: Final = re.compile(r'"(\w+)"')
DEMANDS: Final = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
"""What only the view itself knows how to refuse."""
OF_THE_BODY: Final = {"Content-Type", "Content-Length"}
MOST: Final = 256
LARGEST: Final = 100_000
"""Answers in memory, and bytes of one: at 30 kB each 8 MB in a process, 26 MB at the most."""
Key = tuple[str, str, str, str, str]


class Answer(NamedTuple):
    """What is said again, out of which budget, and until when by the monotonic clock."""

    body: bytes
    headers: Mapping[str, str]
    budget: Budget | None
    until: float


class Echo:
    """Answers as it did within the same second. A page with a query is asked for too seldom."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers: dict[Key, Answer] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        host, accepted, query = (meta.get(name, "") for name in ("HTTP_HOST", "HTTP_ACCEPT", "QUERY_STRING"))
        key = (request.scheme or "", host, request.path_info, query, accepted)
        now = time.monotonic()
        answer = self.answers.get(key)
        if answer is None or answer.until <= now:
            response = self.get_response(request)
            budget = _budget(response)
            seconds = _keepable(response) if request.method == "GET" and (budget or not query) else 0
            if seconds:
                self._keep(key, Answer(response.content, dict(response.headers), budget, now + seconds))
            return response
        return _again(request, answer) or self.get_response(request)

    def _keep(self, key: Key, answer: Answer) -> None:
        if len(self.answers) >= MOST:
            self.answers.clear()
        self.answers[key] = answer


def _again(request: HttpRequest, answer: Answer) -> HttpResponse | None:
    """Return the answer or 304; None where the view must say why there is neither."""
    if any(name in request.META for name in DEMANDS):
        return None
    modified = answer.headers.get("Last-Modified")
    response = HttpResponse(answer.body, headers=answer.headers)
    known = get_conditional_response(
        request,
        etag=answer.headers.get("ETag"),
        last_modified=parse_http_date_safe(modified) if modified else None,
        response=response,
    )
    if known is not response and known is not None:
        for name in answer.headers.keys() - OF_THE_BODY:
            known.headers.setdefault(name, answer.headers[name])
        return known
    if answer.budget and rates.take(budget=answer.budget, meta=request.META, at=timezone.now()) is not None:
        return None
    return response


def _keepable(response: HttpResponse) -> int:
    """Return for how many seconds the answer is everybody's: as long as a shared cache may keep it."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return 0
    # What we did not compress is the same for all, whatever encodings they take.
    vary = response.headers.get("Vary", "Accept-Encoding")
    if vary != "Accept-Encoding" or "Content-Encoding" in response.headers:
        return 0
    shared = SHARED.match(response.headers.get("Cache-Control", ""))
    if not shared or len(response.content) > LARGEST:
        return 0
    return min(limits.ECHO_SECONDS, int(shared[1]))


def _budget(response: HttpResponse) -> Budget | None:
    policy = POLICY.match(response.headers.get("RateLimit-Policy", ""))
    return limits.BUDGETS[policy[1]] if policy else None
