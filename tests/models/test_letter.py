"""A letter's place in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from letters.models import Letter, Signature
from letters.models.letter import check_time_zone

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("closed_at", "closes_at", "expected"),
    [
        (None, None, None),
        (None, NOW + HOUR, None),
        (NOW - HOUR, None, NOW - HOUR),
        (NOW - HOUR, NOW - 2 * HOUR, NOW - 2 * HOUR),
        (NOW - HOUR, NOW + HOUR, NOW - HOUR),
    ],
)
def test_ended_at_is_the_earlier_of_the_clock_and_the_organizer(
    closed_at: datetime | None, closes_at: datetime | None, expected: datetime | None
) -> None:
    assert Letter(closed_at=closed_at, closes_at=closes_at).ended_at(at=NOW) == expected


def test_signed_after_the_end_is_never_in_time() -> None:
    assert not Signature(created_at=NOW).signed_in_time(ended_at=NOW, at=NOW)


def test_a_time_zone_must_exist() -> None:
    check_time_zone("Europe/Brussels")
    with pytest.raises(ValidationError, match="Choose a time zone"):
        check_time_zone("Europe/Atlantis")
