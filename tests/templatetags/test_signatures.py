"""Dates, times and numbers are written as each language writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import date
from django.utils import translation

from letters.models import Letter
from letters.templatetags import signatures

MOMENT = datetime(2026, 3, 14, 20, 40, 5, tzinfo=UTC)
BERLIN = Letter(time_zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("language", "day", "minute", "second", "short", "number"),
    [
        (
            "en",
            "14 March 2026",
            "14 March 2026, 21:40 CET",
            "14 March 2026, 21:40:05 CET",
            "14 March",
            "12,408",
        ),
        (
            "fr",
            "14 mars 2026",
            "14 mars 2026 à 21:40 CET",
            "14 mars 2026 à 21:40:05 CET",
            "14 mars",
            "12\u00a0408",
        ),
        (
            "ar",
            "14 مارس 2026",
            "14 مارس 2026، 21:40 CET",
            "14 مارس 2026، 21:40:05 CET",
            "14 مارس",
            "12,408",
        ),
    ],
)
def test_a_moment_is_written_as_the_language_writes_it(
    language: str, day: str, minute: str, second: str, short: str, number: str
) -> None:
    with translation.override(language):
        assert signatures.day(MOMENT, BERLIN) == day.replace(" ", "\u00a0")
        assert signatures.minute(MOMENT, BERLIN).replace("\u00a0", " ") == minute
        assert signatures.minute(MOMENT, BERLIN).count(" ") == 1  # the one place for a line break
        assert signatures.second(MOMENT, BERLIN).replace("\u00a0", " ") == second
        assert signatures.second(MOMENT, BERLIN).count(" ") == 1
        assert date(MOMENT, "MONTH_DAY_FORMAT") == short
        assert intcomma(12408) == number
