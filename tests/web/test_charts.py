"""The signatures of each day, as the page of a letter draws and lists them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from letters import limits
from letters.services import ledger
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ROW = re.compile(r'<td class="num">([\d,]+)</td>\s*<td class="num">([\d,]+)</td>')


def days(client: Client) -> list[tuple[int, int]]:
    """Return what is listed: the new ones of each day, and the number at its end."""
    shown = client.get("/letters/night-trains/").content.decode()
    return [(int(new), int(total)) for new, total in ROW.findall(shown)]


def test_the_days_begin_with_the_number_that_was_there_before(client: Client) -> None:
    letter = builders.letter()
    for number in range(3):
        builders.confirmed(letter, email=f"ben{number}@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)
    builders.counted(letter, email="cleo@example.org", at=NOW + 70 * DAY)
    assert days(client) == [(0, 3)] * (limits.CHART_DAYS - 1) + [(1, 4)]


def test_a_young_letter_begins_with_its_first_day(client: Client) -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.counted(letter, email="cleo@example.org", at=NOW + 2 * DAY)
    assert days(client) == [(1, 1), (0, 1), (1, 2)]
