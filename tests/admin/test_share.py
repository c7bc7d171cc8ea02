"""What an organizer passes on: it works without script, takes a code, and a phone can read the picture."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from letters import qr
from letters.enums import Role
from letters.models import Letter
from letters.services import letters
from tests import builders

pytestmark = pytest.mark.django_db
LINK = "http://testserver/letters/night-trains/"


@pytest.fixture
def fay(client: Client) -> Client:
    """The browser of Fay, who only looks."""
    client.force_login(builders.member(builders.organization(), Role.VIEWER))
    return client


def page(letter: Letter, name: str = "share", query: str = "") -> str:
    return reverse(f"admin:letters_letter_{name}", args=[letter.pk]) + query


def copied(client: Client, letter: Letter, query: str = "") -> list[str]:
    """Return what stands in the fields, to be copied."""
    shown = client.get(page(letter, query=query)).content.decode()
    inputs = re.findall(r'<input[^>]*readonly[^>]*value="([^"]*)"', shown, flags=re.S)
    areas = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", shown, flags=re.S)
    return [unescape(one) for one in [*inputs, *areas]]


def test_everything_stands_in_fields_that_need_no_script(fay: Client) -> None:
    link, words, small, wide, badge = copied(fay, builders.letter())
    assert link == LINK
    assert words.startswith("“Keep the night trains running”: an open letter to The transport ministers")
    assert words.endswith(LINK)
    assert f'<iframe src="{LINK}embed/?size=s" width="320"' in small
    assert f'<iframe src="{LINK}embed/?size=m" width="560"' in wide
    assert f'<a href="{LINK}">Keep the night trains running</a>' in badge
    assert f'<img src="{LINK}badge.svg"' in badge


def test_what_it_offers_to_others_is_what_the_page_of_data_offers(fay: Client) -> None:
    letter = builders.letter()
    shown = unescape(unescape(fay.get(f"/letters/{letter.slug}/data/").content.decode()))
    for markup in copied(fay, letter)[2:]:
        assert markup in shown


def test_a_code_of_ones_own_is_in_every_link(fay: Client) -> None:
    letter = builders.letter()
    link, words, small, wide, badge = copied(fay, letter, "?s=poster-may")
    assert link == f"{LINK}?s=poster-may"
    assert words.endswith(link)
    assert f'href="{link}"' in badge
    for frame, size in ((small, "s"), (wide, "m")):
        assert f'<iframe src="{LINK}embed/?size={size}&amp;s=poster-may" width=' in frame
    shown = fay.get(page(letter, query="?s=poster-may")).content.decode()
    assert f'src="{page(letter, "qr_svg")}?s=poster-may"' in shown
    assert 'download="night-trains-poster-may-qr.png"' in shown


@pytest.mark.parametrize("code", ["Poster", "poster may", "x" * 41, '"><b>'])
def test_a_code_that_is_none_is_said_to_be_and_makes_no_link(fay: Client, code: str) -> None:
    letter = builders.letter()
    response = fay.get(page(letter), {"s": code})
    assert "Use small letters, digits and hyphens" in response.content.decode()
    assert "<b>" not in response.content.decode().partition("copies")[2].partition("</form>")[0]
    assert response.context["link"] == LINK
    assert fay.get(page(letter, "qr_svg"), {"s": code}).status_code == 404


def test_each_language_has_its_own_link(fay: Client) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=builders.NOW)
    assert copied(fay, letter, "?s=flyer")[:2] == [
        f"{LINK}?s=flyer",
        f"{LINK.replace('/letters', '/fr/letters')}?s=flyer",
    ]


def test_the_picture_of_the_letter_is_there_once_it_is_drawn(fay: Client) -> None:
    letter = builders.letter()
    assert "Download the picture" not in fay.get(page(letter)).content.decode()
    card = builders.card(letter)
    assert f"/card-{card.digest}.png" in fay.get(page(letter)).content.decode()


def test_a_draft_has_nothing_to_pass_on(fay: Client) -> None:
    draft = builders.draft()
    assert "not published yet" in fay.get(page(draft)).content.decode()
    assert fay.get(page(draft, "qr_png")).status_code == 404


def modules(data: bytes, dark: list[list[bool]]) -> list[list[bool]]:
    """Return what a camera sees in the middle of each module, the quiet zone included."""
    picture = Image.open(io.BytesIO(data)).convert("L")
    wide = len(dark) + 2 * qr.QUIET
    middle = [int((place + 0.5) * qr.PIXELS) for place in range(wide)]
    return [[picture.getpixel((x, y)) == 0 for x in middle] for y in middle]


def framed(rows: list[list[bool]]) -> list[list[bool]]:
    quiet = [False] * qr.QUIET
    wide = [False] * (len(rows) + 2 * qr.QUIET)
    return [*[wide] * qr.QUIET, *([*quiet, *row, *quiet] for row in rows), *[wide] * qr.QUIET]


@pytest.mark.parametrize("query", ["", "?s=poster-may"])
def test_the_code_is_whole_in_both_pictures_with_its_quiet_zone(fay: Client, query: str) -> None:
    letter = builders.letter()
    rows = qr._rows(LINK + query)
    response = fay.get(page(letter, "qr_png", query))
    assert response["Content-Type"] == "image/png"
    assert modules(response.content, rows) == framed(rows)
    drawn = fay.get(page(letter, "qr_svg", query))
    assert drawn["Content-Type"] == "image/svg+xml"
    svg = drawn.content.decode()
    places = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1", svg)}
    assert places == {(x, y) for y, row in enumerate(framed(rows)) for x, dark in enumerate(row) if dark}
    assert 'fill="#fff"' in svg
    assert "".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)) == unescape(
        (LINK + query).partition("://")[2]
    )


def test_it_is_of_level_m_and_of_the_address() -> None:
    found = qr.segno.make_qr(LINK, error="m", boost_error=False)
    assert [[bool(one) for one in row] for row in found.matrix] == qr._rows(LINK)
    assert found.error == "M"


def test_it_is_black_on_white_whatever_the_theme(fay: Client) -> None:
    svg = fay.get(page(builders.letter(), "qr_svg")).content.decode()
    assert "prefers-color-scheme" not in svg
    assert "currentColor" not in svg
