"""Codes of an organizer's own links: taken from the address, kept to the form, and from nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters import limits, sources
from letters.models import Signature
from letters.queries import dossiers
from letters.web import privacy
from tests import builders
from tests.web.test_signatures import SIGN, post

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"
EMPTY = '<input type="hidden" name="source" id="id_source">'


def code_in(page: str) -> str:
    """Return the code that a form would send."""
    found = re.search(r'name="source"(?: id="id_source")? value="([^"]*)"', page)
    return found[1] if found else ""


def shown(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


@pytest.mark.parametrize("code", ["newsletter", "a", "2026-03-poster", "x" * 40])
def test_a_code_in_the_address_stands_in_the_form_and_with_the_signature(client: Client, code: str) -> None:
    builders.letter()
    for path in (PAGE, SIGN):
        assert code_in(shown(client, f"{path}?s={code}")) == code
    post(client, source=code)
    assert Signature.objects.get().source == code


@pytest.mark.parametrize(
    "code", ["", "News", "news letter", "x" * 41, '"><script>', "é", "a/b", "news\nletter", "a%0Ab"]
)
def test_what_is_no_code_is_none_and_refuses_nobody(client: Client, code: str) -> None:
    builders.letter()
    page = client.get(PAGE, {"s": code}).content.decode()
    assert EMPTY in page
    assert "<script>" not in page.partition("id_source")[2][:200]
    assert post(client, source=code).status_code == 303
    assert Signature.objects.get().source == ""


def test_where_somebody_came_from_is_not_asked(client: Client) -> None:
    builders.letter()
    came = {"referer": "https://www.newsletter.example/?s=newsletter"}
    assert EMPTY in shown(client, PAGE, **came)
    post(client, headers=came)
    assert Signature.objects.get().source == ""


def test_the_code_is_kept_through_errors_and_languages(client: Client) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    builders.letters.publish(letter=builders.ready(letter), by=None, at=builders.NOW)
    page = shown(client, f"{PAGE}?s=poster")
    assert f'href="/fr{PAGE}?s=poster"' in page
    assert f'rel="canonical" href="http://testserver{PAGE}"' in page
    assert code_in(shown(client, f"/fr{PAGE}?s=poster")) == "poster"
    wrong = post(client, source="poster", name="")
    assert wrong.status_code == 422
    assert code_in(wrong.content.decode()) == "poster"


@pytest.mark.parametrize("language", ["", "/fr"])
def test_a_frame_leads_to_the_letter_with_its_code_and_the_signature_keeps_it(
    client: Client, language: str
) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    builders.letters.publish(letter=builders.ready(letter), by=None, at=builders.NOW)
    frame = client.get(f"{language}{PAGE}embed/?size=s&s=on-a-blog")
    assert not frame.cookies
    links = re.findall(r'<a href="([^"]*)"', frame.content.decode())
    assert links == [f"{language}{PAGE}?s=on-a-blog", f"{language}{PAGE}?s=on-a-blog#sign"]
    post(client, source=code_in(shown(client, links[-1].partition("#")[0])))
    assert Signature.objects.get().source == "on-a-blog"


@pytest.mark.parametrize("code", ["News", '"><script>', "x" * 41, "a b"])
def test_a_frame_carries_nothing_but_a_code(client: Client, code: str) -> None:
    builders.letter()
    frame = client.get(f"{PAGE}embed/", {"s": code})
    assert frame.content == client.get(f"{PAGE}embed/").content
    assert frame["ETag"] == client.get(f"{PAGE}embed/")["ETag"]


def test_a_frame_with_any_code_is_written_from_the_one_that_is_kept(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "POINTER_SECONDS", 60)
    builders.letter()
    plain = client.get(f"{PAGE}embed/")
    with django_assert_num_queries(0):
        marked = client.get(f"{PAGE}embed/?s=blog")
        again = client.get(f"{PAGE}embed/?s=blog", headers={"if-none-match": marked["ETag"]})
    assert (marked["ETag"] != plain["ETag"], again.status_code) == (True, 304)
    assert marked["Cache-Control"] == plain["Cache-Control"]
    assert b"blog" not in client.get(f"{PAGE}embed/").content


def test_a_second_form_of_the_same_mailbox_brings_its_own_code(client: Client) -> None:
    builders.letter()
    for code in ("poster", "newsletter"):
        post(client, source=code)
    assert Signature.objects.get().source == "newsletter"


def test_every_code_is_answered_from_the_one_page_that_is_kept(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "POINTER_SECONDS", 60)
    builders.letter()
    plain = client.get(PAGE)
    with django_assert_num_queries(0):
        marked = client.get(PAGE, {"s": "poster"})
        again = client.get(PAGE, {"s": "poster"}, headers={"if-none-match": marked["ETag"]})
        other = client.get(PAGE, {"s": "flyer"}, headers={"if-none-match": marked["ETag"]})
    assert marked["ETag"] != plain["ETag"]
    assert (again.status_code, other.status_code) == (304, 200)
    assert marked["Cache-Control"] == plain["Cache-Control"]
    assert EMPTY in shown(client, PAGE)


def test_the_database_refuses_what_is_no_code() -> None:
    one = builders.signed(builders.letter())
    with pytest.raises(IntegrityError):
        Signature.objects.filter(pk=one.pk).update(source="Not a code")


def test_it_is_private_named_on_the_privacy_page_and_handed_over(client: Client) -> None:
    one = builders.counted(builders.letter(names_in_api=True), source="poster-in-the-bar")
    assert "source" in Signature.Privacy.personal
    [group] = [group for group in privacy.GROUPS if "source" in group.fields.get(Signature, ())]
    assert "which link led to it" in str(group.purpose)
    given: Any = dossiers.of(signature=builders.stored(one.uid))["signature"]
    assert given["source"] == "poster-in-the-bar"
    for path in (
        PAGE,
        f"{PAGE}signatures/",
        f"{PAGE}data/signatures.csv",
        "/api/v1/letters/night-trains/signatures",
    ):
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert b"poster-in-the-bar" not in body
    assert sources.marked("https://x.example/a/", code="b") == "https://x.example/a/?s=b"
