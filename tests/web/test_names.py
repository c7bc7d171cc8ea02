"""The list of names: what is looked for, and what anybody may put into its address."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from letters import cursors, limits
from letters.enums import Method, Visibility
from letters.models import Letter, Signature
from letters.services import ledger
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/signatures/"
NAMES = {"Zoë Brontë": "FR", "Ada Lovelace": "GB", "Ada Bell": "FR", "王小明": "", "نورة العتيبي": ""}
HOSTILE = [
    "%00", "a%00b", "%FF%FE", "%C3%28", "%ED%A0%80", "%F0%9F%9A%82", "%E2%80%AE%E2%81%A6", "x" * 60_000,
    "'%20OR%201=1--", "%25", "_", "\\", "%3Cscript%3Ealert(1)%3C/script%3E", "%0d%0aSet-Cookie:%20a=b", "[]",
    "%EF%BF%BF", "a%20" * 3000,
]  # fmt: skip


@pytest.fixture
def letter() -> Letter:
    """A letter with some public names and a private one."""
    letter = builders.letter()
    for number, (name, country) in enumerate(NAMES.items()):
        builders.confirmed(letter, name=name, email=f"s{number}@example.org", country=country)
    private = {"email": "p@example.org", "visibility": Visibility.PRIVATE, "country": "SE"}
    builders.confirmed(letter, name="Private Adams", **private)
    ledger.seal(letter_id=letter.pk, at=NOW)
    return letter


def page(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(PAGE + query)
    assert response.status_code == status
    assert response.get("X-Robots-Tag") == ("noindex" if status == 200 else None)
    return response.content.decode()


def shown(html: str) -> set[str]:
    return set(re.findall(r'<li><b dir="auto">(.*?)</b>', html))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {*NAMES}), ("?q=&country=&method=", {*NAMES}), ("?unknown=1", {*NAMES}),
        ("?q=ada", {"Ada Lovelace", "Ada Bell"}), ("?q=bronte+ZOE", {"Zoë Brontë"}), ("?q=小明", {"王小明"}),
        ("?country=FR", {"Zoë Brontë", "Ada Bell"}), ("?country=FR&q=ada", {"Ada Bell"}),
        ("?country=XX", {*NAMES}), ("?method=magic", {*NAMES}), ("?method=email&q=نور", {"نورة العتيبي"}),
        ("?method=orcid", set()), ("?q=private", set()), ("?country=SE", set()), ("?q=%25", set()),
    ],
)  # fmt: skip
def test_names_are_found(client: Client, letter: Letter, query: str, names: set[str]) -> None:
    html = page(client, query)
    assert shown(html) == names
    if not names:
        assert "No public name matches" in html
        assert "Private signatures are not searchable." in html


def test_a_search_says_what_it_found_in_a_heading_and_in_the_title(client: Client, letter: Letter) -> None:
    html = page(client, "?q=ada")
    assert "<h2>2 public names match “ada”\n" in html
    assert "<title>2 public names match “ada”\n" in html
    assert "1 public name matches “bell”" in page(client, "?q=bell")
    assert "No public name matches “&lt;zz&gt;”." in page(client, "?q=<zz>")
    assert "5 public · 1 private" in html


def test_the_form_offers_the_countries_and_ways_that_stand_here(client: Client, letter: Letter) -> None:
    Signature.objects.filter(name="Ada Bell").update(method=Method.ORCID, counted_method=Method.ORCID)
    html = page(client, "?country=FR")
    assert re.findall(r'<option value="(..)"', html) == ["FR", "GB"]  # no Sweden: it is private
    assert '<option value="FR" selected>' in html
    assert "ORCID iD confirmed</small>" in html
    assert "Email confirmed</small>" in html


def test_where_everyone_is_private_nothing_can_be_searched(client: Client) -> None:
    builders.counted(builders.letter(), visibility=Visibility.PRIVATE)
    html = page(client)
    assert "Everyone who signed so far keeps their name private." in html
    assert "<form" not in html


def pages(client: Client, query: str) -> list[str]:
    """Turn the pages until there is no next one; return the queries."""
    found = [query]
    while more := re.search(r'href="(\?[^"]*cursor=[^"]*)" rel="next"', page(client, found[-1])):
        found.append(more[1].replace("&amp;", "&"))
    return found


def test_pages_of_a_search_show_each_name_once_and_their_cursors_serve_nothing_else(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NAMES_PER_PAGE", 1)
    queries = pages(client, "?q=ada")
    assert len(queries) == 2
    assert [shown(page(client, query)) for query in queries] == [{"Ada Bell"}, {"Ada Lovelace"}]
    assert "More than 1 public names match" in page(client, queries[0])
    assert f'href="{PAGE}?q=ada"' in page(client, queries[1])
    cursor = queries[1].split("cursor=")[1]
    page(client, f"?q=ADA&cursor={cursor}")  # the same search, typed otherwise
    for other in ("", "q=ad&", "q=ada&country=FR&", "q=ada&method=email&"):
        page(client, f"?{other}cursor={cursor}", 404)
    builders.letter("day-trains")
    assert client.get(f"/letters/day-trains/signatures/?q=ada&cursor={cursor}").status_code == 404


def test_a_page_beyond_the_end_says_so(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NAMES_PER_PAGE", 1)
    last = pages(client, "?country=FR")[-1]
    Signature.objects.filter(country="FR").update(display="private", visibility="private")
    html = page(client, last)
    assert "No more names." in html
    assert f'href="{PAGE}?country=FR"' in html


@pytest.mark.parametrize("query", ["?q=ada", "?country=FR&method=email", "?q=ada+bell&country=FR"])
@pytest.mark.parametrize("at_once", [1, 20_000])
def test_a_page_asks_at_most_five_times(
    client: Client,
    letter: Letter,
    query: str,
    at_once: int,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(limits, "SEARCHED_AT_ONCE", at_once)
    with django_assert_max_num_queries(5):
        page(client, query)


@pytest.mark.parametrize("at_once", [0, 1, 2, 4, 20_000])
@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_search_finds_the_same_names_in_the_same_order_however_it_looks_for_them(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch, at_once: int, size: int
) -> None:
    monkeypatch.setattr(limits, "SEARCHED_AT_ONCE", at_once)
    monkeypatch.setattr(limits, "NAMES_PER_PAGE", size)
    for query, names in {
        "?q=a": ["Ada Bell", "Ada Lovelace"],
        "?q=ada+lov": ["Ada Lovelace"],
        "?q=b&country=FR": ["Ada Bell", "Zoë Brontë"],
    }.items():
        found = [
            name
            for one in pages(client, query)
            for name in re.findall(r'<li><b dir="auto">(.*?)</b>', page(client, one))
        ]
        assert found == names


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:20])
def test_hostile_values_are_answered(client: Client, letter: Letter, value: str) -> None:
    for name in ("q", "country", "method", "page", value):
        html = page(client, f"?{name}={value}")
        assert "<script>alert" not in html
        assert "\0" not in html
        assert len(html) < 30_000
    page(client, f"?q=ada&cursor={value}", 404)


ANYTHING = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=ANYTHING, country=ANYTHING, method=st.sampled_from(["", "email", "x", "\0"]))
def test_anything_may_be_looked_for(
    client: Client, letter: Letter, words: str, country: str, method: str
) -> None:
    given: dict[str, Any] = {"q": words, "country": country, "method": method}
    html = page(client, "?" + "&".join(f"{name}={quote(value)}" for name, value in given.items()))
    assert escape("\u202e") not in html  # nothing turns the line around


def test_a_cursor_that_names_no_moment_is_not_found(client: Client, letter: Letter) -> None:
    other = cursors.make(of="names", value=5, pk=1)
    page(client, f"?cursor={other}", 404)
