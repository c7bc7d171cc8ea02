"""oEmbed: what the address of a letter becomes elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
PAGE = f"{SITE}/letters/night-trains/"


def answer(client: Client, url: str = PAGE, **query: object) -> dict[str, Any]:
    response = client.get("/oembed", {"url": url, **query})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    found: dict[str, Any] = response.json()
    return found


def test_a_letter_is_rich(client: Client) -> None:
    builders.letter()
    assert answer(client) == {
        "type": "rich",
        "version": "1.0",
        "title": "Keep the night trains running",
        "author_name": "Night Rail Alliance",
        "author_url": f"{SITE}/organizations/night-rail/",
        "provider_name": "Undersigned",
        "provider_url": f"{SITE}/",
        "cache_age": 60,
        "html": f'<iframe src="{PAGE}embed/?size=m" width="560" height="260"'
        ' title="Keep the night trains running" loading="lazy" style="border:0;max-width:100%"></iframe>',
        "width": 560,
        "height": 260,
    }


def test_each_page_of_a_letter_says_where_to_ask(client: Client) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW - timedelta(hours=1))
    for path, title in (("", "Keep the night trains running"), ("/fr", "Gardez les trains de nuit")):
        page = client.get(f"{path}/letters/night-trains/").content.decode()
        [link] = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', page)
        found = client.get(unescape(link).removeprefix(SITE)).json()
        assert found["title"] == title
        assert f'src="{SITE}{path}/letters/night-trains/embed/' in found["html"]


@pytest.mark.parametrize(
    ("asked", "width", "height", "size"),
    [
        ({}, 560, 260, "m"), ({"maxwidth": 560, "maxheight": 260}, 560, 260, "m"),
        ({"maxwidth": 559}, 320, 240, "s"), ({"maxheight": 259}, 320, 240, "s"),
        ({"maxwidth": 200}, 200, 240, "s"), ({"maxwidth": 400, "maxheight": 90}, 320, 90, "s"),
        ({"maxwidth": "9" * 5000}, 560, 260, "m"),
    ],
)  # fmt: skip
def test_it_fits_into_what_is_asked_for(
    client: Client, asked: dict[str, object], width: int, height: int, size: str
) -> None:
    builders.letter()
    found = answer(client, **asked)
    assert (found["width"], found["height"]) == (width, height)
    assert f'embed/?size={size}" width="{width}" height="{height}"' in found["html"]


def test_the_share_card_is_the_thumbnail_where_it_fits(client: Client) -> None:
    card = builders.card(builders.letter())
    found = answer(client)
    assert found["thumbnail_url"] == f"{PAGE}card-{card.digest}.png"
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (1200, 630)
    assert "thumbnail_url" not in answer(client, maxwidth=1199)
    assert "thumbnail_url" not in answer(client, maxheight=629)


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        PAGE[:-1],
        f"{PAGE}?ref=x#sign",
        PAGE.replace("http:", "https:"),
        f"{SITE}/ar/letters/night-trains/",
    ],
)
def test_every_spelling_of_its_address_is_the_letter(client: Client, url: str) -> None:
    builders.letter()
    assert answer(client, url, format="json", omit_script=1)["title"] == "Keep the night trains running"


@pytest.mark.parametrize(
    "url",
    [
        "", "x", SITE, f"{SITE}/", "http://elsewhere.example/letters/night-trains/",
        "//testserver/letters/night-trains/",
        f"{PAGE}signatures/", f"{SITE}/letters/nothing/", f"{SITE}/letters/day-trains/", f"{SITE}/admin/",
        "javascript://testserver/letters/night-trains/", "http://[/", f"{SITE}/%00/",
    ],
)  # fmt: skip
def test_any_other_address_is_unknown(client: Client, url: str) -> None:
    builders.letter()
    builders.draft("day-trains")
    response = client.get("/oembed", {"url": url})
    assert response.status_code == 404
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_withdrawn_letter_is_unknown(client: Client) -> None:
    letters.withdraw(letter=builders.letter(), reason="An error.", by=None, at=NOW)
    assert client.get(f"/oembed?url={quote(PAGE)}").status_code == 404


def test_other_formats_are_not_implemented_and_lengths_are_numbers(client: Client) -> None:
    builders.letter()
    assert client.get("/oembed", {"url": PAGE, "format": "xml"}).status_code == 501
    for bad in ("0", "-1", "1.5", "wide", "٥"):
        assert client.get("/oembed", {"url": PAGE, "maxwidth": bad}).status_code == 400
        assert client.get("/oembed", {"url": PAGE, "maxheight": bad}).status_code == 400


def test_a_hostile_title_stays_a_title(client: Client) -> None:
    builders.letter(title='"><script>alert(1)</script>')
    assert answer(client)["title"] == '"><script>alert(1)</script>'
    assert "<script" not in answer(client)["html"]


def test_who_has_the_answer_is_told_so(client: Client) -> None:
    builders.letter()
    etag = client.get("/oembed", {"url": PAGE})["ETag"]
    assert client.get("/oembed", {"url": PAGE}, headers={"If-None-Match": etag}).status_code == 304
    assert client.head("/oembed", {"url": PAGE})["ETag"] == etag


@pytest.mark.parametrize(("query", "kept"), [("?s=blog", "&amp;s=blog"), ("?s=No+code", ""), ("?s", "")])
def test_a_code_in_the_address_of_the_letter_stays_in_the_frame(
    client: Client, query: str, kept: str
) -> None:
    builders.letter()
    assert f'src="{PAGE}embed/?size=m{kept}" ' in answer(client, url=PAGE + query)["html"]
