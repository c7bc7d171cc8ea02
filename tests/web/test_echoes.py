"""One answer within a second: only what is everybody's, only for so long, only at its own address."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from letters import limits
from letters.models import Letter
from letters.services import letters
from letters.web import caching, echoes
from letters.web.echoes import Echo
from tests import builders

PAGE = "/letters/night-trains/"


@pytest.fixture(autouse=True)
def lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the site."""
    monkeypatch.setattr(limits, "ECHO_SECONDS", 1)


class Site:
    """A site that counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer = lambda: caching.public(HttpResponse(f"{self.asked}"), shared_seconds=10)
        self.echo = Echo(self._respond)
        self.get = RequestFactory().get

    def _respond(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        return self.answer()

    def times(self, *requests: HttpRequest) -> int:
        """Return how often the site itself was asked for these."""
        before = self.asked
        for request in requests:
            self.echo(request)
        return self.asked - before


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.mark.django_db
def test_within_a_second_the_same_is_said_and_then_what_is_true(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client, letter = Client(), builders.letter(at=timezone.now() - timedelta(hours=1))
    first = client.get(PAGE)
    letters.pause(letter=Letter.objects.get(pk=letter.pk), by=None, at=timezone.now())
    with django_assert_num_queries(0):
        again = client.get(PAGE)
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    assert "Content-Security-Policy" in again.headers
    time.sleep(1)
    assert client.get(PAGE).content != first.content


@pytest.mark.django_db
def test_who_has_it_gets_304_and_who_asks_for_the_head_no_body() -> None:
    client = Client()
    builders.letter(at=timezone.now() - timedelta(hours=1))
    first = client.get(PAGE)
    known = client.get(PAGE, headers={"If-None-Match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known["Cache-Control"] == first["Cache-Control"]
    head = client.head(PAGE)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert client.get(PAGE).content == first.content


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused_though_the_page_is_kept(settings: Settings) -> None:
    client = Client()
    builders.letter(at=timezone.now() - timedelta(hours=1))
    assert client.get(PAGE).status_code == 200
    assert client.get(PAGE, headers={"Host": "evil.example"}).status_code == 400


def test_each_host_scheme_and_path_has_its_own(site: Site) -> None:
    first = site.get(PAGE)
    elsewhere = site.get(PAGE, headers={"Host": "other.example"})
    others = (site.get("/fr" + PAGE), elsewhere, site.get(PAGE, secure=True))
    assert site.times(first, *others) == 4
    assert site.times(first, *others) == 0


def test_a_query_and_a_post_are_always_answered_anew(site: Site) -> None:
    assert site.times(site.get(PAGE)) == 1
    assert site.times(*[site.get(PAGE, {"q": "x"})] * 2, *[RequestFactory().post(PAGE)] * 2) == 4


def test_what_is_not_everybodys_is_always_answered_anew(site: Site) -> None:
    def with_cookie() -> HttpResponse:
        response = caching.public(HttpResponse(), shared_seconds=10)
        response.set_cookie("signature", "x")
        return response

    def varying() -> HttpResponse:
        return caching.public(HttpResponse(headers={"Vary": "Cookie"}), shared_seconds=10)

    def compressed() -> HttpResponse:
        headers = {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
        return caching.public(HttpResponse(headers=headers), shared_seconds=10)

    def large() -> HttpResponse:
        return caching.public(HttpResponse("x" * (echoes.LARGEST + 1)), shared_seconds=10)

    for answer in (
        lambda: caching.personal(HttpResponse()),
        lambda: caching.public(HttpResponse(), shared_seconds=0),
        lambda: caching.public(HttpResponse(status=410), shared_seconds=10),
        HttpResponse,
        with_cookie,
        varying,
        compressed,
        large,
    ):
        site.answer = answer
        assert site.times(*[site.get(PAGE)] * 2) == 2


def test_it_holds_so_many_and_no_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(echoes, "MOST", 3)
    for number in range(10):
        site.echo(site.get(f"/{number}/"))
        assert 0 < len(site.echo.answers) <= 3
