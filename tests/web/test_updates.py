"""The page of a letter's updates, and the way to it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.models import Letter, Update
from letters.services import updates
from tests import builders
from tests.web import own
from tests.web.reading import page

pytestmark = pytest.mark.django_db
LETTER = "/letters/night-trains/"
PAGE = LETTER + "updates/"


@pytest.fixture
def letter() -> Letter:
    cache.clear()
    return own.letter()


def test_without_news_it_says_so_and_the_letter_names_none(client: Client, letter: Letter) -> None:
    updates.write(update=Update(letter=letter, title="Draft", body="Draft"), by=None, at=timezone.now())
    assert "There is no news about this letter yet." in page(client, PAGE)
    assert PAGE not in page(client, LETTER)


def test_the_newest_stands_first_each_in_its_language(client: Client, letter: Letter) -> None:
    now = timezone.now()
    builders.update(letter, at=now, title="First <news>", body="**Bold** <script>")
    builders.update(letter, at=now, title="أخبار", body="نص", language="ar")
    shown = page(client, PAGE)
    assert shown.index("أخبار") < shown.index("First &lt;news&gt;")
    assert '<h2 lang="ar" dir="rtl">' in shown
    assert "<strong>Bold</strong>" in shown
    assert "<script>" not in shown.partition("<main")[2]
    assert 'id="update-1"' in shown


def test_the_letter_names_the_newest_as_soon_as_it_is_published(client: Client, letter: Letter) -> None:
    for title in ("Handed over", "Answered"):
        builders.update(letter, at=timezone.now(), title=title)
        cache.delete(f"letter:{letter.slug}")  # the second for which a page may be kept
        shown = page(client, LETTER)
        assert f'href="{PAGE}"' in shown
        assert title in shown
    assert "Handed over" not in shown
    assert "Answered" in page(client, PAGE)


def test_a_kept_page_asks_no_row_and_one_that_is_written_few(
    client: Client, letter: Letter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    builders.update(letter, at=timezone.now())
    with django_assert_max_num_queries(8):
        client.get(LETTER)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
    with django_assert_max_num_queries(1):  # the pointer, once a second
        client.get(PAGE)


def test_it_stands_under_languages_and_not_where_there_is_no_letter(client: Client, letter: Letter) -> None:
    assert page(client, f"/fr{PAGE}")
    assert client.get("/letters/none/updates/").status_code == 404
