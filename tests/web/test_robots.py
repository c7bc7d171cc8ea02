"""What search engines are told."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SITE = "http://testserver"
PAGES = ("/", "/how-we-count/", "/privacy/", "/accessibility/", "/developers/")


def entries(client: Client) -> list[tuple[str, str | None]]:
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    root = ET.fromstring(response.content)
    assert root.tag == f"{{{SPACE['s']}}}urlset"
    return [(url.findtext("s:loc", "", SPACE), url.findtext("s:lastmod", None, SPACE)) for url in root]


def test_the_sitemap_lists_what_can_be_read_with_the_day_it_changed(client: Client) -> None:
    builders.letter()
    builders.draft("not-yet")
    builders.letter("tomorrow", opens_at=timezone.now() + timedelta(days=1))
    letters.withdraw(letter=builders.letter("gone"), reason="An error.", by=None, at=NOW)
    found = entries(client)
    listed = [address.removeprefix(SITE) for address, _changed in found]
    assert [address for address in listed if "/letters/" in address] == ["/letters/night-trains/"]
    assert {*PAGES, *(f"/fr{page}" for page in PAGES)} <= set(listed)
    assert listed[-1] == "/organizations/night-rail/"
    assert dict(found)[f"{SITE}/letters/night-trains/"] == "2026-03-14T11:00:00Z"
    for address, _changed in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_the_sitemap_ends_where_the_protocol_says(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        builders.letter(f"letter-{number}", at=NOW - timedelta(days=number + 1))
    whole = len(entries(client))
    monkeypatch.setattr(limits, "SITEMAP_MOST", whole - 1)
    found = [address for address, _changed in entries(client)]
    assert len(found) == whole - 1
    assert found[-2:] == [f"{SITE}/letters/letter-1/", f"{SITE}/letters/letter-2/"]


def test_the_sitemap_lists_a_letter_in_each_of_its_languages(client: Client) -> None:
    draft = builders.draft()
    builders.translation(draft, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(draft), by=None, at=NOW - timedelta(hours=1))
    found = [address.removeprefix(SITE) for address, _changed in entries(client)]
    assert found[-3:-1] == ["/letters/night-trains/", "/fr/letters/night-trains/"]


def test_robots_may_read_everything_and_find_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nAllow: /\n\nSitemap: http://testserver/sitemap.xml\n"
    )
