"""The language stands in the address: texts in any language, an interface in a few, one list of names."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_urlconf, reverse
from django.utils import timezone
from django.utils.translation import get_language

from letters import tokens
from letters.models import Letter, LetterText, Signature
from letters.services import letters
from letters.tokens import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"
FORM = {"name": "Ben Okafor", "email": "ben@example.org", "visibility": "public"}


@pytest.fixture
def letter() -> Letter:
    """A letter that binds in English and can be read in French, Arabic and German."""
    now = timezone.now()
    draft = builders.draft()
    builders.translation(draft, "fr", "Gardons les trains de nuit")
    builders.translation(draft, "ar", "أبقوا قطارات الليل")
    builders.translation(draft, "de", "Erhaltet die Nachtzüge")
    letter = letters.publish(letter=builders.ready(draft), by=None, at=now - timedelta(hours=1))
    builders.counted(letter, at=now, name="Cleo Marsh", email="cleo@example.org")
    return letter


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def menu(body: str) -> list[tuple[str, str]]:
    """Return the addresses and languages that a page offers."""
    _before, _mark, rest = body.partition('<details class="lang">')
    return re.findall(r'<a href="([^"]+)"\s+lang="(\w+)"', rest.partition("</details>")[0])


@pytest.mark.parametrize(
    ("path", "interface", "language", "direction", "title"),
    [
        (PAGE, 'lang="en" dir="ltr"', "en", "ltr", "Keep the night trains running"),
        (f"/en{PAGE}", 'lang="en" dir="ltr"', "en", "ltr", "Keep the night trains running"),
        (f"/fr{PAGE}", 'lang="fr" dir="ltr"', "fr", "ltr", "Gardons les trains de nuit"),
        (f"/ar{PAGE}", 'lang="ar" dir="rtl"', "ar", "rtl", "أبقوا قطارات الليل"),
        (f"/de{PAGE}", 'lang="en" dir="ltr"', "de", "ltr", "Erhaltet die Nachtzüge"),
    ],
)
def test_a_letter_is_read_in_the_language_of_its_address(
    client: Client, letter: Letter, path: str, interface: str, language: str, direction: str, title: str
) -> None:
    body = page(client, path)
    assert f"<html {interface}>" in body
    assert f'<h1 class="title" lang="{language}" dir="{direction}">{title}</h1>' in body
    assert "Cleo Marsh" in body


def test_links_stay_in_the_language_of_the_page(client: Client, letter: Letter) -> None:
    for code in ("fr", "ar", "de"):
        body = page(client, f"/{code}{PAGE}")
        assert f'action="/{code}{PAGE}sign/"' in body
        assert f'href="/{code}/privacy/"' in body
        assert 'href="/privacy/"' not in body
        assert f'"/api/v1{PAGE.rstrip("/")}/count"' in body  # no page, so no language


def test_a_language_without_a_text_falls_back_and_says_so(client: Client, letter: Letter) -> None:
    body = page(client, f"/sw{PAGE}")
    assert "Keep the night trains running" in body
    assert "has not been translated into your language. You are reading it in: English." in body
    assert "has not been translated" not in page(client, PAGE)


def test_a_translation_names_the_text_that_binds(client: Client, letter: Letter) -> None:
    body = page(client, f"/de{PAGE}")
    assert "The text that binds is in: English." in body
    assert f'<a href="{PAGE}" hreflang="en">' in body


def test_a_letter_that_binds_in_french_speaks_french_without_being_asked(client: Client) -> None:
    draft = builders.draft()
    LetterText.objects.filter(letter=draft).update(language="fr")
    letters.publish(letter=builders.ready(draft), by=None, at=timezone.now() - timedelta(hours=1))
    body = page(client, PAGE)
    assert '<html lang="fr" dir="ltr">' in body
    assert f'action="/fr{PAGE}sign/"' in body
    assert f'<link rel="canonical" href="http://testserver{PAGE}">' in body
    assert f'<link rel="canonical" href="http://testserver{PAGE}">' in page(client, f"/fr{PAGE}")


def test_search_engines_are_told_of_every_language(client: Client, letter: Letter) -> None:
    found = re.findall(r'hreflang="([\w-]+)" href="http://testserver([^"]+)"', page(client, f"/fr{PAGE}"))
    assert found == [
        ("en", PAGE), ("ar", f"/ar{PAGE}"), ("de", f"/de{PAGE}"), ("fr", f"/fr{PAGE}"), ("x-default", PAGE),
    ]  # fmt: skip
    assert f'<link rel="canonical" href="http://testserver/fr{PAGE}">' in page(client, f"/fr{PAGE}")
    assert '<link rel="canonical" href="http://testserver/fr/privacy/">' in page(client, "/fr/privacy/")
    assert '<link rel="canonical" href="http://testserver/privacy/">' in page(client, "/en/privacy/")


def test_the_menu_offers_the_languages_of_the_letter_and_of_the_interface(
    client: Client, letter: Letter
) -> None:
    assert menu(page(client, f"/ar{PAGE}signatures/")) == [
        (f"/{code}{PAGE}signatures/", code) for code in ("en", "ar", "de", "fr")
    ]
    assert menu(page(client, "/fr/")) == [(f"/{code}/", code) for code in ("en", "fr", "ar")]
    assert re.search(r'lang="fr"[^>]*aria-current="true"', page(client, "/fr/"))
    assert menu(page(client, f"{PAGE}sign/")) == []  # what was typed there would be lost


@pytest.mark.parametrize(
    "path", ["/xx/", f"/xx{PAGE}", "/fr/api/v1/letters", "/fr/admin/", "/FR/", "/fr", "/fr/fr/"]
)
def test_other_addresses_have_no_language(client: Client, letter: Letter, path: str) -> None:
    assert client.get(path).status_code == (301 if path == "/fr" else 404)


def test_a_signature_keeps_the_text_that_was_read_and_the_language_of_its_page(
    client: Client, letter: Letter
) -> None:
    for code, text in (("ar", "ar"), ("de", "de"), ("sw", "en"), ("", "en")):
        path = f"/{code}{PAGE}sign/" if code else f"{PAGE}sign/"
        answer = client.post(path, {**FORM, "email": f"x{code}@example.org"})
        assert answer.status_code == 303
        assert answer["Location"].startswith(path.replace("sign/", "check-email/?h="))
        one = Signature.objects.latest("pk")
        assert (one.text.language, one.language) == (text, code or "en")


def test_the_pages_of_a_signature_speak_its_language(client: Client, letter: Letter) -> None:
    client.post(f"/ar{PAGE}sign/", FORM)
    one = Signature.objects.latest("pk")
    link = f"/s/{tokens.make(Purpose.CONFIRM, uid=one.uid, at=timezone.now())}/"
    response = client.get(link, follow=True)
    assert response.redirect_chain == [(f"/my-signature/{one.uid}/confirm/", 303)]
    body = response.content.decode()
    assert '<html lang="ar" dir="rtl">' in body
    assert f'href="/ar{PAGE}"' in body
    assert '<details class="lang">' not in body


def test_each_language_is_kept_apart(client: Client, letter: Letter) -> None:
    tags = {code: client.get(f"{code}{PAGE}")["ETag"] for code in ("", "/fr", "/ar", "/de", "/sw")}
    assert len(set(tags.values())) == len(tags)
    for code, tag in tags.items():
        assert client.get(f"{code}{PAGE}", headers={"If-None-Match": tag}).status_code == 304
        assert code == "" or f'"{code}/privacy/"' in page(client, f"{code}{PAGE}")


def test_nothing_of_a_language_stays_behind(client: Client, letter: Letter) -> None:
    for path in (f"/ar{PAGE}", "/ar/nothing/", f"/fr{PAGE}sign/"):
        client.get(path)
        assert (get_language(), get_urlconf()) == ("en", None)
        assert reverse("letters:privacy") == "/privacy/"


def test_the_list_shows_each_letter_in_the_language_of_the_page(client: Client, letter: Letter) -> None:
    assert "Gardons les trains de nuit" in page(client, "/fr/")
    assert "Keep the night trains running" in page(client, "/")
