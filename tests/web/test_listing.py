"""The list of letters: newest first, page by page, searched by words and by language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.models import Letter
from letters.services import letters
from tests import builders

pytestmark = pytest.mark.django_db


def publish(slug: str, title: str, *, hours: int, **translations: str) -> Letter:
    """Publish a letter so many hours ago."""
    draft = builders.draft(slug, title=title)
    for language, translated in translations.items():
        builders.translation(draft, language, translated)
    return letters.publish(letter=builders.ready(draft), by=None, at=timezone.now() - timedelta(hours=hours))


@pytest.fixture
def three() -> None:
    """Three letters."""
    publish("trains", "Keep the night trains running", hours=3, fr="Gardons les trains de nuit")
    publish("rivers", "Überlasst die Flüsse nicht", hours=2)
    publish("lakes", "Спасите Байкал", hours=1)


def slugs(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return re.findall(r'<li><a href="/letters/([\w-]+)/"', response.content.decode())


def test_nothing_is_said_plainly(client: Client) -> None:
    body = client.get("/").content.decode()
    assert "No letters yet." in body
    assert "<form" not in body


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["lakes", "rivers", "trains"]),
        ("?q=running", ["trains"]),
        ("?q=TRAINS+keep", ["trains"]),
        ("?q=gardons", ["trains"]),
        ("?q=uberlasst+flusse", ["rivers"]),
        ("?q=БАЙКАЛ", ["lakes"]),
        ("?q=alliance", ["lakes", "rivers", "trains"]),
        ("?q=night+baikal", []),
        ("?q=%25", []),
        ("?language=fr", ["trains"]),
        ("?language=fr&q=rivers", []),
        ("?language=xx", ["lakes", "rivers", "trains"]),
        ("?q=%00", ["lakes", "rivers", "trains"]),
        ("?q=%ff", []),
        ("?other=1", ["lakes", "rivers", "trains"]),
    ],
)
def test_letters_are_found_by_words_and_language(client: Client, query: str, found: list[str]) -> None:
    assert slugs(client, query) == found


@pytest.mark.usefixtures("three")
def test_who_finds_nothing_is_told_what_was_searched(client: Client) -> None:
    body = client.get("/", {"q": "<b>whales"}).content.decode()
    assert "No letter matches “&lt;b&gt;whales”. Titles and the names of organizations are searched." in body
    assert 'value="&lt;b&gt;whales"' in body


def test_each_page_goes_on_where_the_last_one_ended(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(limits, "LETTERS_PER_PAGE", 2)
    for number in range(5):
        publish(f"letter-{number}", f"Letter {number}", hours=5 - number)
    seen, query = [], ""
    for _page in range(3):
        with django_assert_max_num_queries(5):
            body = client.get(f"/{query}").content.decode()
        seen += re.findall(r'<li><a href="/letters/([\w-]+)/"', body)
        following = re.search(r'href="(\?[^"]+)" rel="next"', body)
        query = following[1].replace("&amp;", "&") if following else ""
    assert (seen, query) == ([f"letter-{number}" for number in (4, 3, 2, 1, 0)], "")
    assert client.get("/?cursor=nonsense").status_code == 404
