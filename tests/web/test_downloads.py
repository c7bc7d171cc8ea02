"""The page of a letter's data."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.api import files
from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/data/"


def page(client: Client, path: str = PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def snippets(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<pre class="plaintext lines"[^>]*>(.*?)</pre>', html)]


def test_it_leads_to_every_file_and_names_its_columns(client: Client) -> None:
    builders.counted(builders.letter(names_in_api=True))
    html = page(client)
    found = re.findall(r'href="([^"]+)" download>([^<]+)<', html)
    assert [name for _url, name in found] == [
        "daily.csv", "countries.csv", "signatures.csv", "letter.txt", "letter.md", "README.txt"
    ]  # fmt: skip
    for url, name in found:
        assert url.endswith(f"/{name}")
        assert client.get(url).status_code == 200
    for columns in (files.DAILY, files.COUNTRIES, files.NAMES):
        assert f">{', '.join(columns)}</code>" in html


def test_it_says_why_there_is_no_file_of_names(client: Client) -> None:
    builders.counted(builders.letter())
    html = page(client)
    assert "signatures.csv</dt>" in html
    assert "a signature shows a political opinion" in html
    assert 'signatures.csv"' not in html


def test_what_is_copied_is_what_stands_there(client: Client) -> None:
    builders.letter(title='Trains & "beds" <now>')
    small, wide, plain = snippets(page(client))
    address = "http://testserver/letters/night-trains/"
    title = "Trains &amp; &quot;beds&quot; &lt;now&gt;"
    frame = '<iframe src="{}embed/?size={}" width="{}" height="{}" title="{}" loading="lazy"'
    assert small.startswith(frame.format(address, "s", 320, 240, title))
    assert wide.startswith(frame.format(address, "m", 560, 260, title))
    assert plain == (
        f'<p><a href="{address}">{title}</a>, Night Rail Alliance'
        f' <a href="{address}"><img src="{address}badge.svg" alt=""></a></p>'
    )
    for url in re.findall(r'(?:src|href)="http://testserver([^"]+)"', small + wide + plain):
        assert client.get(url).status_code == 200


def test_a_translation_is_shown_elsewhere_in_its_language(client: Client) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW - timedelta(hours=1))
    small, _wide, plain = snippets(page(client, f"/fr{PAGE}"))
    assert 'src="http://testserver/fr/letters/night-trains/embed/' in small
    assert "Gardez les trains de nuit" in plain


def test_the_letter_and_its_ledger_lead_to_it(client: Client) -> None:
    builders.counted(builders.letter())
    for path in ("/letters/night-trains/", "/letters/night-trains/ledger/"):
        assert f'href="{PAGE}"' in page(client, path)


def test_before_it_opens_there_is_nothing_to_download(client: Client) -> None:
    builders.letter(opens_at=timezone.now() + timedelta(days=1))
    html = page(client)
    assert "This letter opens on" in html
    assert "daily.csv" not in html


def test_it_is_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    builders.letter()
    monkeypatch.setattr(limits, "POINTER_SECONDS", 60)
    etag = client.get(PAGE)["ETag"]
    with django_assert_num_queries(0):
        assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
        assert page(client)
