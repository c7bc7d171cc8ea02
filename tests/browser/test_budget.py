"""What the first visit to a letter costs a reader: bytes, requests, other hosts, cookies."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest
from playwright.sync_api import Browser, Response

from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
KB = 1000
MOST = {"document": 14 * KB, "stylesheet": 6 * KB, "script": 3 * KB, "font": 65 * KB}
MOST_IN_ALL = 100 * KB
MOST_REQUESTS = 6


def test_the_first_visit_to_a_letter_keeps_to_the_budget(chromium: Browser, live: Site) -> None:
    context = chromium.new_context(base_url=live.url, viewport={"width": 390, "height": 900})
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # it must be a function
    page.goto("/letters/openness-in-ai/", wait_until="networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    cost: Counter[str] = Counter()
    for answer in answers:
        assert answer.status == 200, answer.url
        assert answer.url.startswith(live.url + "/"), answer.url
        assert "set-cookie" not in answer.headers, answer.url
        cost[answer.request.resource_type] += size(answer)
    cookies = context.cookies()
    context.close()
    assert cookies == []
    assert len(answers) <= MOST_REQUESTS, [answer.url.removeprefix(live.url) for answer in answers]
    assert set(cost) == set(MOST)
    assert {kind: spent for kind, spent in cost.items() if spent > MOST[kind]} == {}
    assert sum(cost.values()) <= MOST_IN_ALL


def size(answer: Response) -> int:
    """Return the bytes on the wire, where text is compressed as in production; fonts are already."""
    body = answer.body()
    return len(body) if answer.request.resource_type == "font" else len(gzip.compress(body, 6))
