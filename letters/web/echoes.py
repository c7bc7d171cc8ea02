"""One answer for everybody who asks for the same page within a second.

What a shared cache may keep (RFC 9111), each web process keeps too, for a second at most: a crowd then
costs no look at Redis, no session, no language, no policy, only this.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from letters import limits

SHARED: Final = re.compile(r"public,.*s-maxage=(\d+)")
MOST: Final = 256
"""Pages in memory: at 30 kB each no more than 8 MB in a process."""
Key = tuple[str, str, str]


class Answer(NamedTuple):
    """What is said again, and until when by the monotonic clock."""

    body: bytes
    headers: Mapping[str, str]
    until: float


class Echo:
    """Answers as it did within the same second. Pages with a query are asked for too seldom."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers: dict[Key, Answer] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
            return self.get_response(request)
        key = (request.scheme or "", request.META.get("HTTP_HOST", ""), request.path_info)
        now = time.monotonic()
        answer = self.answers.get(key)
        if answer is None or answer.until <= now:
            response = self.get_response(request)
            seconds = _keepable(response) if request.method == "GET" else 0
            if seconds:
                self._keep(key, Answer(response.content, dict(response.headers), now + seconds))
            return response
        response = HttpResponse(answer.body, headers=answer.headers)
        etag = answer.headers.get("ETag")
        return get_conditional_response(request, etag=etag, response=response) or response

    def _keep(self, key: Key, answer: Answer) -> None:
        if len(self.answers) >= MOST:
            self.answers.clear()
        self.answers[key] = answer


def _keepable(response: HttpResponse) -> int:
    """Return for how many seconds the answer is everybody's: as long as a shared cache may keep it."""
    if response.status_code != 200 or response.streaming or response.cookies or "Vary" in response.headers:
        return 0
    shared = SHARED.match(response.headers.get("Cache-Control", ""))
    return min(limits.ECHO_SECONDS, int(shared[1])) if shared else 0
