"""The badge: the number as a small picture on pages of others."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from letters.models import Tally
from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
BADGE = "/letters/night-trains/badge.svg"
SVG = "{http://www.w3.org/2000/svg}"


def count(number: int) -> None:
    """Let the number be this, as if so many had signed, and keep nothing of what it was."""
    cache.clear()
    Tally.objects.update(signed=number, count=number, persons=number, public=number, by_email=number)


def picture(client: Client) -> ET.Element:
    response = client.get(BADGE)
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert len(response.content) < 1_000
    return ET.fromstring(response.content)


def words(picture: ET.Element) -> list[str | None]:
    return [text.text for text in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("number", "shown", "says"),
    [
        (0, "0", "signatures"), (1, "1", "signature"), (999, "999", "signatures"),
        (12_408, "12,408", "signatures"), (9_999_999, "9,999,999", "signatures"),
    ],
)  # fmt: skip
def test_it_says_the_number_with_its_moment(client: Client, number: int, shown: str, says: str) -> None:
    builders.letter()
    count(number)
    found = picture(client)
    assert words(found) == [shown, says]
    assert found.findtext(f"{SVG}title") == f"{shown} {says} as of 14 March 2026, 11:00 UTC.".replace(
        "14 March 2026", "14\u00a0March\u00a02026"
    ).replace(" UTC", "\u00a0UTC")


def test_every_word_stands_within_its_half(client: Client) -> None:
    builders.letter()
    widths = []
    for number in (1, 999, 12_408, 9_999_999):
        count(number)
        found = picture(client)
        whole, number_box = found.iter(f"{SVG}rect")
        first, second = (float(text.attrib["x"]) for text in found.iter(f"{SVG}text"))
        width, inner = int(whole.attrib["width"]), int(number_box.attrib["width"])
        assert found.attrib["viewBox"] == f"0 0 {width} 24"
        assert (first, second) == (inner / 2, inner + (width - inner) / 2)
        widths.append(inner)
    assert widths == sorted(set(widths))


def test_a_letter_that_is_read_from_the_right_has_its_number_there(client: Client) -> None:
    builders.letter()
    letter = builders.draft("trains-ar")
    letter.texts.update(language="ar")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW)
    response = client.get("/letters/trains-ar/badge.svg")
    assert len(response.content) < 1_000
    found = ET.fromstring(response.content)
    number, label = found.iter(f"{SVG}text")
    assert found.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ar"
    assert number.text == "0"
    assert float(number.attrib["x"]) > float(label.attrib["x"])


def test_its_style_is_the_only_one_that_its_policy_allows(client: Client) -> None:
    builders.letter()
    response = client.get(BADGE)
    style = re.findall("<style>(.*)</style>", response.content.decode())[0]
    assert "prefers-color-scheme:dark" in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in response["Content-Security-Policy"] + ";"


def test_every_page_may_show_it_and_ask_again_for_nothing(client: Client) -> None:
    letter = builders.letter()
    response = client.get(BADGE)
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert client.head(BADGE)["ETag"] == response["ETag"]
    assert client.get(BADGE, headers={"If-None-Match": response["ETag"]}).status_code == 304
    builders.counted(letter)
    assert client.get(BADGE, headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_before_it_opens_it_tells_no_number(client: Client) -> None:
    builders.letter(opens_at=timezone.now() + timedelta(days=1))
    count(500)
    assert words(picture(client)) == ["opens soon"]


def test_there_is_none_of_a_draft_and_none_of_a_withdrawn_letter(client: Client) -> None:
    builders.draft("day-trains")
    assert client.get("/letters/day-trains/badge.svg").status_code == 404
    letters.withdraw(letter=builders.letter(), reason="An error.", by=None, at=NOW)
    assert client.get(BADGE).status_code == 410
