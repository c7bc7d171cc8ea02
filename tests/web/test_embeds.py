"""The frame of a letter on pages of others, which is the only page that may be framed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from letters.services import letters
from tests import builders
from tests.builders import NOW
from tests.test_get_never_writes import paths

pytestmark = pytest.mark.django_db
EMBED = "/letters/night-trains/embed/"
SHEET = Path(settings.BASE_DIR, "static", "embed.css")


def test_it_shows_the_letter_and_leads_to_it(client: Client) -> None:
    builders.counted(builders.letter())
    page = client.get(EMBED).content.decode()
    for words in (
        "Keep the night trains running", "Night Rail Alliance", "<b>1</b>", "signature<small>", "as of",
        "Sign this letter", 'href="/letters/night-trains/#sign"', 'target="_blank"', 'rel="noopener"',
    ):  # fmt: skip
        assert words in page, words
    for words in ("<script", "<form", "<input", "style=", "Okafor"):
        assert words not in page, words


def test_it_is_small_with_all_that_it_loads(client: Client) -> None:
    builders.letter(title="W" * 160)
    whole = client.get(EMBED).content
    assert len(whole) + SHEET.stat().st_size <= 8_000
    assert whole.count(b"<link") == 2  # its address, and its stylesheet
    assert b"url(" not in SHEET.read_bytes()


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("", "m "), ("?size=s", "s "), ("?size=m&theme=dark", "m dark"), ("?theme=light", "m light"),
        ("?size=xl&theme=pink", "m "),
    ],
)  # fmt: skip
def test_it_has_two_sizes_and_two_themes(client: Client, query: str, body: str) -> None:
    builders.letter()
    assert f'<body class="{body}">' in client.get(EMBED + query).content.decode()


def test_it_stands_under_each_language(client: Client) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW - timedelta(hours=1))
    page = client.get(f"/fr{EMBED}").content.decode()
    assert '<html lang="fr"' in page
    assert "Gardez les trains de nuit" in page
    assert 'href="/fr/letters/night-trains/#sign"' in page


def test_a_letter_that_is_not_open_is_read_and_not_signed(client: Client) -> None:
    letter = builders.letter()
    letters.close(letter=letter, by=None, at=NOW)
    page = client.get(EMBED).content.decode()
    assert "Read the letter" in page
    assert "Sign this letter" not in page
    builders.letter("tomorrow", opens_at=timezone.now() + timedelta(days=1))
    page = client.get("/letters/tomorrow/embed/").content.decode()
    assert "This letter opens on" in page
    assert "signature" not in page


def test_who_has_it_is_told_so_and_a_new_number_is_another_page(client: Client) -> None:
    letter = builders.letter()
    first = client.get(EMBED)
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert first["X-Robots-Tag"] == "noindex"
    assert not first.cookies
    again = {"If-None-Match": first["ETag"]}
    assert client.get(EMBED, headers=again).status_code == 304
    assert client.get(f"{EMBED}?size=s", headers=again).status_code == 200
    builders.counted(letter)
    assert client.get(EMBED, headers=again).status_code == 200


def test_no_other_address_may_be_framed(client: Client) -> None:
    client.force_login(builders.organizer())
    framed = []
    for path in paths():
        if "<" in path or "(?P" in path or "logout" in path:
            continue
        response = client.get(path)
        policy = response.headers.get("Content-Security-Policy", "")
        if "frame-ancestors 'none'" in policy and response["X-Frame-Options"] == "DENY":
            continue
        framed.append(path)
        assert "frame-ancestors *" in policy
        assert "X-Frame-Options" not in response
    assert framed == [EMBED]
