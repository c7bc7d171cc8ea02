"""What the head of a letter's page says to machines."""

from __future__ import annotations

import gzip
import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from letters import tasks
from letters.demo import letter as demo
from letters.models import Tally
from letters.services import letters
from letters.web import sharing
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"
HOSTILE = '</script><script>alert(1)</script> & "quotes" <!-- \u2028'


def page(client: Client, path: str = PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def tags(html: str) -> dict[str, list[str]]:
    """Return what each meta element says, in its order."""
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta\s+(?:property|name)="([^"]+)"\s+content="([^"]*)"', html):
        found.setdefault(name, []).append(unescape(content))
    return found


def data(html: str) -> dict[str, Any]:
    [written] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    said: dict[str, Any] = json.loads(written)
    return said


def count(number: int) -> None:
    """Let the number be this, as if so many had signed."""
    Tally.objects.update(signed=number, count=number, persons=number, public=number, by_email=number)


def test_a_page_says_what_networks_show(client: Client) -> None:
    letter = builders.letter()
    card = builders.card(letter)
    said = tags(page(client))
    assert said["og:type"] == ["article"]
    assert said["og:site_name"] == ["Undersigned"]
    assert said["og:title"] == ["Keep the night trains running"]
    assert said["og:url"] == ["http://testserver/letters/night-trains/"]
    assert said["og:locale"] == ["en_US"]
    assert said["og:image"] == [f"http://testserver/letters/night-trains/card-{card.digest}.png"]
    assert (said["og:image:width"], said["og:image:height"]) == (["1200"], ["630"])
    assert said["og:image:alt"] == ["Keep the night trains running – Night Rail Alliance"]
    assert said["twitter:card"] == ["summary_large_image"]
    assert client.get(said["og:image"][0].removeprefix("http://testserver")).status_code == 200


def test_a_page_without_a_card_names_no_picture(client: Client) -> None:
    builders.letter()
    html = page(client)
    assert "og:image" not in html
    assert "twitter:card" not in html
    assert "image" not in data(html)


def test_other_languages_of_the_text_are_named(client: Client) -> None:
    letter = builders.draft()
    for language in ("fr", "pt-br"):
        builders.translation(letter, language, f"In {language}")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW - timedelta(hours=1))
    said = tags(page(client))
    assert said["og:locale"] == ["en_US"]
    assert said["og:locale:alternate"] == ["fr_FR", "pt_BR"]


def test_a_translation_has_its_own_card_and_address(client: Client) -> None:
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW - timedelta(hours=1))
    tasks.cards.draw()
    french, english = tags(page(client, f"/fr{PAGE}")), tags(page(client))
    assert french["og:title"] == ["Gardez les trains de nuit"]
    assert (french["og:locale"], french["og:locale:alternate"]) == (["fr_FR"], ["en_US"])
    assert french["og:url"] == [f"http://testserver/fr{PAGE}"]
    assert data(page(client, f"/fr{PAGE}"))["url"] == f"http://testserver/fr{PAGE}"
    assert french["og:image"] != english["og:image"]
    for said in (french, english):
        path = said["og:image"][0].removeprefix("http://testserver")
        assert path.startswith(f"{PAGE}card-")
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (0, ""), (99, ""), (100, " 100 signatures."), (101, " More than 100 signatures."),
        (1_743, " More than 1,700 signatures."), (1_700, " 1,700 signatures."),
        (12_408, " More than 12,000 signatures."), (999_999, " More than 990,000 signatures."),
    ],
)  # fmt: skip
def test_the_number_is_rounded_down_and_never_too_high(client: Client, number: int, says: str) -> None:
    builders.letter()
    count(number)
    said = tags(page(client))
    sentence = "An open letter to The transport ministers of the European Union."
    assert said["og:description"] == said["description"] == [sentence + says]


def test_search_engines_are_told_what_it_is_and_how_many_signed(client: Client) -> None:
    letter = builders.letter()
    builders.counted(letter)
    card = builders.card(letter)
    count(1_743)
    said = data(page(client))
    assert said["@type"] == "CreativeWork"
    assert said["genre"] == "open letter"
    assert (said["author"]["@type"], said["author"]["name"]) == ("Organization", "Night Rail Alliance")
    assert client.get(said["author"]["url"].removeprefix("http://testserver")).status_code == 200
    assert (said["version"], said["inLanguage"]) == (1, "en")
    assert said["datePublished"] == said["dateModified"] == "2026-03-14T11:00:00Z"
    assert said["url"] == "http://testserver/letters/night-trains/"
    assert said["image"].endswith(f"card-{card.digest}.png")
    assert said["interactionStatistic"]["interactionType"] == "https://schema.org/EndorseAction"
    assert said["interactionStatistic"]["userInteractionCount"] == 1_743
    assert said["interactionStatistic"]["endTime"] == "2026-03-14T12:00:00Z"


@pytest.mark.parametrize(
    ("named", "files"),
    [(False, ["daily.csv", "countries.csv"]), (True, ["daily.csv", "countries.csv", "signatures.csv"])],
)
def test_search_engines_are_told_of_the_data(client: Client, named: bool, files: list[str]) -> None:
    builders.counted(builders.letter(names_in_api=named))
    said = data(page(client))["subjectOf"]
    assert (said["@type"], said["isAccessibleForFree"]) == ("Dataset", True)
    assert said["creator"]["name"] == "Night Rail Alliance"
    assert said["dateModified"] == "2026-03-14T12:00:00Z"
    assert 50 <= len(said["description"]) <= 5_000  # as Google asks for
    assert [one["contentUrl"].rpartition("/")[2] for one in said["distribution"]] == files
    for url in (said["url"], *(one["contentUrl"] for one in said["distribution"])):
        assert client.get(url.removeprefix("http://testserver")).status_code == 200


def test_no_persons_name_stands_in_the_head(client: Client) -> None:
    builders.counted(builders.letter(), name="Ben Okafor", role="Nurse")
    head, _body = page(client).split("</head>")
    assert "Okafor" in _body
    assert "Okafor" not in head
    assert "Nurse" not in head


def test_a_hostile_title_stays_words(client: Client) -> None:
    letter = builders.letter(title=HOSTILE)
    builders.card(letter)
    html = page(client)
    assert data(html)["name"] == HOSTILE
    assert tags(html)["og:title"] == [HOSTILE]
    assert "alert(1)</script>" not in html
    assert html.count("<script") == 2


def test_before_it_opens_a_letter_tells_no_number(client: Client) -> None:
    builders.letter(opens_at=timezone.now() + timedelta(days=1))
    count(500)
    html = page(client)
    assert "500" not in html
    assert "interactionStatistic" not in data(html)
    assert "subjectOf" not in data(html)


def test_a_preview_tells_networks_nothing(client: Client) -> None:
    draft = builders.draft()
    client.force_login(builders.organizer())
    html = page(client, f"/preview/{draft.pk}/")
    assert "og:" not in html
    assert "ld+json" not in html


def test_the_whole_page_of_the_demo_letter_stays_small(client: Client) -> None:
    letter = builders.letter(title=demo.TITLE)
    text = builders.text_of(letter)
    assert text.body
    for number in range(30):
        builders.confirmed(letter, name=f"Prof. Signatory {number}", email=f"s{number}@example.org")
    builders.card(letter)
    assert len(gzip.compress(client.get(PAGE).content)) < 14_000


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "en_US"), ("fr", "fr_FR"), ("ar", "ar_AR"), ("uk", "uk_UA"), ("en-gb", "en_GB"),
        ("pt-br", "pt_BR"), ("zh-hant", "zh_TW"), ("zh-tw", "zh_TW"), ("ja", "ja_JP"),
    ],
)  # fmt: skip
def test_a_language_is_written_with_its_territory(language: str, written: str) -> None:
    assert sharing.locale(language) == written
