"""When signing begins and ends, as an organizer reads it off the clock on their wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.models import Letter
from letters.services import letters
from tests import builders

pytestmark = pytest.mark.django_db
EMPTY = {"time_zone": "Europe/Berlin", "opens_at": "", "closes_at": ""}


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


@pytest.fixture
def draft() -> Letter:
    return builders.draft(time_zone="Europe/Berlin")


def page(letter: Letter) -> str:
    return reverse("admin:letters_letter_schedule", args=[letter.pk])


def sent(client: Client, letter: Letter, **fields: str) -> str:
    """Send the page; return what it says then."""
    answer = client.post(page(letter), {**EMPTY, **fields}, follow=True).content.decode()
    letter.refresh_from_db()
    return str(answer)


def test_times_are_typed_in_the_letters_zone_and_shown_in_both(ada: Client, draft: Letter) -> None:
    answer = sent(ada, draft, opens_at="2027-05-01T10:00", closes_at="2027-12-01T18:30")
    assert draft.opens_at == datetime(2027, 5, 1, 8, 0, tzinfo=UTC)
    assert draft.closes_at == datetime(2027, 12, 1, 17, 30, tzinfo=UTC)
    assert 'value="2027-05-01T10:00"' in answer
    assert "1 May 2027, 10:00 CEST (08:00 UTC)" in answer
    assert "1 December 2027, 18:30 CET (17:30 UTC)" in answer


def test_another_day_in_utc_is_said(ada: Client, draft: Letter) -> None:
    answer = sent(ada, draft, time_zone="Asia/Tokyo", opens_at="2027-05-01T03:00")
    assert "1 May 2027, 03:00 JST (30 April 2027, 18:00 UTC)" in answer


def test_another_zone_keeps_what_was_typed(ada: Client, draft: Letter) -> None:
    sent(ada, draft, opens_at="2027-05-01T10:00")
    sent(ada, draft, time_zone="America/New_York", opens_at="2027-05-01T10:00")
    assert draft.opens_at == datetime(2027, 5, 1, 14, 0, tzinfo=UTC)


def test_what_has_passed_stays_the_moment_that_it_was(ada: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(hours=2), time_zone="Europe/Berlin")
    opened = letter.opens_at
    shown = ada.get(page(letter)).content.decode()
    assert "Signing has begun." in shown
    assert 'name="opens_at"' not in shown
    sent(ada, letter, time_zone="Asia/Tokyo", opens_at="2020-01-01T10:00", closes_at="2037-05-01T10:00")
    assert (letter.opens_at, letter.time_zone) == (opened, "Asia/Tokyo")
    assert letter.closes_at == datetime(2037, 5, 1, 1, 0, tzinfo=UTC)


def test_the_end_of_a_letter_that_has_ended_is_shown_with_why(ada: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(hours=2))
    letters.close(letter=letter, by=None, at=timezone.now())
    shown = ada.get(page(letter)).content.decode()
    assert "The public ledger says when." in shown
    assert 'name="closes_at"' not in shown


def test_the_opening_of_a_published_letter_cannot_be_emptied(ada: Client) -> None:
    letter = builders.letter(at=timezone.now(), opens_at=timezone.now() + timedelta(days=1))
    opens = letter.opens_at
    assert "This field is required" in sent(ada, letter)
    assert letter.opens_at == opens


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"opens_at": "2027-03-28T02:30"}, "There is no 28 March 2027, 02:30 in Europe/Berlin"),
        ({"opens_at": "2027-03-28T02:30"}, "like 28 March 2027, 01:30 or 28 March 2027, 03:30"),
        ({"closes_at": "2027-10-31T02:30"}, "31 October 2027, 02:30 comes twice in Europe/Berlin"),
        ({"opens_at": "2027-05-01T10:00", "closes_at": "2027-04-01T10:00"}, "after the opening time"),
        ({"opens_at": "2027-05-01T10:00", "closes_at": "2027-05-01T10:00"}, "after the opening time"),
        ({"closes_at": "2020-04-01T10:00"}, "Choose a closing time that has not passed"),
        ({"opens_at": "tomorrow"}, "Enter a day and a time, like 2027-05-01 10:00"),
        ({"opens_at": "2027-05-01T10:00+02:00"}, "Enter the time without a zone"),
        ({"time_zone": "Mars"}, "Choose a time zone"),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_said_with_how_to_mend_it(
    ada: Client, draft: Letter, fields: dict[str, str], sentence: str
) -> None:
    answer = sent(ada, draft, **fields)
    assert sentence in answer
    assert (draft.opens_at, draft.closes_at, draft.time_zone) == (None, None, "Europe/Berlin")
    typed = [value for name, value in fields.items() if name != "time_zone"]
    assert all(f'value="{value}"' in answer for value in typed)


def test_a_moment_that_comes_twice_and_is_stored_stays_when_nothing_is_changed(ada: Client) -> None:
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    letter = builders.draft(time_zone="Europe/Berlin", closes_at=second)
    sent(ada, letter, closes_at="2027-10-31T02:30")
    assert letter.closes_at == second
    assert letter.stages_done == ["schedule"]
