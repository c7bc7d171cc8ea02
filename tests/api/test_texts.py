"""The words of a letter, as they are and as they were."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from letters.models import LetterText
from letters.services import versions
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
TEXT = "/api/v1/letters/night-trains/text"
VERSIONS = "/api/v1/letters/night-trains/versions"
BODY = (
    "Dear *Ministers*,\n\nEvery evening [people](https://example.org/) board a train.\n\n"
    "1. One & two\n2. Three\n\n> Sleep.\n\nWith respect,"
)


def get(client: Client, **query: Any) -> dict[str, Any]:
    response = client.get(TEXT, query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def wrong(client: Client, **query: Any) -> list[dict[str, Any]]:
    response = client.get(TEXT, query)
    assert response.status_code == 400
    found: list[dict[str, Any]] = response.json()["errors"]
    return found


def two_versions() -> LetterText:
    """Two versions, the second in French too."""
    letter = builders.letter()
    second = builders.changed(letter, at=NOW + timedelta(hours=1))
    words = LetterText(letter=letter, language="fr", title="Gardez-les", addressees="Mmes", body="Bonsoir")
    versions.translate(text=words, by=None, at=NOW + timedelta(hours=2))
    return second


def test_the_newest_words_are_given_with_what_binds_them(client: Client) -> None:
    letter = builders.letter()
    text = builders.text_of(letter)
    found = get(client)
    assert found == {
        "version": 1,
        "language": "en",
        "authoritative": True,
        "title": "Keep the night trains running",
        "addressees": ["The transport ministers of the European Union"],
        "body_markdown": text.body,
        "sha256": hashlib.sha256(text.content()).hexdigest(),
    }


def test_a_version_that_is_named_never_changes(client: Client) -> None:
    two_versions()
    first = client.get(TEXT, {"version": "1"})
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Every evening" in first.json()["body_markdown"]
    newest = client.get(TEXT)
    assert newest["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=300"
    assert (newest.json()["version"], "board the train" in newest.json()["body_markdown"]) == (2, True)
    assert newest["Last-Modified"] == "Sat, 14 Mar 2026 13:00:00 GMT"
    assert client.get(TEXT, headers={"If-None-Match": newest["ETag"]}).status_code == 304


def test_each_language_has_its_own_words(client: Client) -> None:
    two_versions()
    french = get(client, lang="fr")
    assert (french["title"], french["authoritative"], french["version"]) == ("Gardez-les", False, 2)
    assert get(client, lang="en", version="1")["version"] == 1


def test_what_is_not_published_is_a_problem_that_says_what_is(client: Client) -> None:
    two_versions()
    [version] = wrong(client, version="3")
    assert (version["parameter"], version["allowed"]) == ("version", ["1", "2"])
    [language] = wrong(client, lang="fr", version="1")
    assert (language["parameter"], language["allowed"]) == ("lang", ["en"])
    for query in ({"version": "0"}, {"version": "x"}, {"lang": "xx"}, {"format": "pdf"}):
        assert [error["parameter"] for error in wrong(client, **query)] == [*query]


@pytest.mark.parametrize(
    ("form", "kind", "expected"),
    [
        ("md", "text/markdown", f"# Keep & run\n\nThe <ministers>\n\n{BODY}\n"),
        (
            "txt",
            "text/plain",
            (
                "Keep & run\n\nThe <ministers>\n\nDear Ministers,\n\n"
                "Every evening people (https://example.org/) board a train.\n\n"
                "1. One & two\n2. Three\n\n> Sleep.\n\nWith respect,\n"
            ),
        ),
        (
            "html",
            "text/html",
            (
                '<article lang="en" dir="ltr">\n<h1>Keep &amp; run</h1>\n<p>The &lt;ministers&gt;</p>\n'
                "<p>Dear <em>Ministers</em>,</p>\n<p>Every evening "
                '<a href="https://example.org/" rel="noopener nofollow">people</a> board a train.</p>\n'
                "<ol>\n<li>One &amp; two</li>\n<li>Three</li>\n</ol>\n"
                "<blockquote>\n<p>Sleep.</p>\n</blockquote>\n<p>With respect,</p>\n</article>\n"
            ),
        ),
    ],
)
@pytest.mark.parametrize("accept", ["*/*", "text/plain", "image/png"])
def test_each_form_is_named_in_the_address(
    client: Client, form: str, kind: str, expected: str, accept: str
) -> None:
    builders.changed(builders.letter(), title="Keep & run", addressees="The <ministers>", body=BODY)
    response = client.get(TEXT, {"format": form}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert response.content.decode() == expected
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(TEXT, headers={"If-None-Match": response["ETag"]}).status_code == 200
    again = client.get(TEXT, {"format": form}, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_json_needs_a_reader_who_takes_it(client: Client) -> None:
    builders.letter()
    for query in ({}, {"format": "json"}):
        assert client.get(TEXT, query, headers={"Accept": "text/plain"}).status_code == 406


def test_every_version_says_when_why_and_how_many_stand_on_it(client: Client) -> None:
    second = two_versions()
    builders.counted(second.letter, at=NOW + timedelta(hours=3))
    response = client.get(VERSIONS)
    first = builders.text_of(second.letter)
    assert response.json() == {
        "data": [
            {
                "version": 2,
                "published_at": "2026-03-14T13:00:00Z",
                "kind": "correction",
                "reason": "A wrong word.",
                "checked": None,
                "asks_again": False,
                "sha256": second.h,
                "confirmed_on_version": 0,
                "languages": ["en", "fr"],
            },
            {
                "version": 1,
                "published_at": "2026-03-14T11:00:00Z",
                "kind": "first",
                "reason": None,
                "checked": None,
                "asks_again": False,
                "sha256": first.h,
                "confirmed_on_version": 1,
                "languages": ["en"],
            },
        ],
        "links": {"self": f"http://testserver{VERSIONS}", "next": None},
        "meta": {"total": 2, "as_of": "2026-03-14T15:00:00Z"},
    }
    assert client.get(VERSIONS, headers={"If-None-Match": response["ETag"]}).status_code == 304
    builders.counted(second.letter, email="cleo@example.org", at=NOW + timedelta(hours=4))
    assert client.get(VERSIONS, headers={"If-None-Match": response["ETag"]}).status_code == 200
