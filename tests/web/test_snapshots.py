"""The page of a day: its number for good, what is wrong with it, and why there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from letters.models import Letter
from letters.services import ledger, letters, signatures, snapshots
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/as-of/2026-03-14/"
DAY = timedelta(days=1)


def text(client: Client, path: str = PAGE, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def counted() -> Letter:
    letter = builders.letter()
    builders.counted(letter, country="BE")
    return letter


def test_a_day_has_a_page_that_says_its_number_for_good(client: Client) -> None:
    letter = counted()
    builders.frozen(letter)
    page = text(client)
    size = letter.checkpoints.get(at=NOW).size
    for words in (
        "1 signature</h1>",
        "at the end of 14 March 2026 (UTC)",
        "Night Rail Alliance, http://testserver/letters/night-trains/as-of/2026-03-14/</pre>",
        f'href="/letters/night-trains/at/{size}/"',
        'href="/api/v1/letters/night-trains/snapshots/2026-03-14"',
        "Countries with fewer than 10",
    ):
        assert words in page
    assert "Belgium" not in page
    assert "Ben Okafor" not in page
    signatures.withdraw(uid=letter.signatures.get().uid, at=NOW + DAY)
    ledger.seal(letter_id=letter.pk, at=NOW + DAY)
    assert "1 signature</h1>" in text(client)
    assert "0 signatures" in text(client, "/letters/night-trains/")


def test_what_is_wrong_with_it_stands_on_it_at_once(client: Client) -> None:
    one = builders.frozen(counted())
    assert "What is wrong" not in text(client)
    snapshots.correct(snapshot=one, wrong="It was a <test>.", said_by="Ada", by=None, at=timezone.now())
    cache.clear()  # for a second a page is found under what was known of its letter
    page = text(client)
    assert "It was a &lt;test&gt;." in page
    assert "Ada" in page


def test_a_day_that_is_not_over_says_so(client: Client) -> None:
    counted()
    today = timezone.now().date()
    for day in (today, today + DAY, today.replace(year=2999)):
        page = text(client, PAGE.replace("2026-03-14", str(day)), 404)
        assert "The day is not over" in page


def test_a_day_that_was_not_frozen_says_so(client: Client) -> None:
    counted()
    for day in ("2026-03-14", "2020-01-01"):
        page = text(client, PAGE.replace("2026-03-14", day), 404)
        assert "There is no record of" in page
        assert "The day is not over" not in page


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "20260314", "2026-W11-6", "2026-3-14"])
def test_what_is_no_day_is_no_page(client: Client, day: str) -> None:
    builders.frozen(counted())
    assert "Page not found" in text(client, PAGE.replace("2026-03-14", day), 404)


def test_a_quiet_day_of_a_closed_letter_says_that_nothing_changed(client: Client) -> None:
    letter = counted()
    letters.close(letter=letter, by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(hours=1))
    builders.frozen(letter)
    page = text(client, PAGE.replace("14", "20"))
    assert "nothing was counted or taken out on that day" in page
    assert "as-of/2026-03-20/</pre>" in page


def test_it_is_kept_and_stands_under_every_language(client: Client) -> None:
    builders.frozen(counted())
    first = client.get(PAGE)
    assert not first.cookies
    assert client.get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(f"/fr{PAGE}").status_code == 200
