"""The public record of the list: numbers and reasons, and never a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.enums import RemovalReason
from letters.models import Letter
from letters.services import ledger, removals
from letters.web import changes
from tests import builders
from tests.web.reading import page

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/changes/"
DAY = timedelta(days=1)


@pytest.fixture
def letter() -> Letter:
    """A letter of three days: two signed, a flood was removed, one of it came back."""
    now = timezone.now()
    letter = builders.letter(at=now - 3 * DAY)
    people = [
        builders.confirmed(
            letter, at=now - 2 * DAY, name=f"Zbigniew {number}", email=f"z{number}@example.org"
        )
        for number in range(3)
    ]
    ledger.seal(letter_id=letter.pk, at=now - 2 * DAY)
    for one in people[:2]:
        removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=now - DAY)
    ledger.seal(letter_id=letter.pk, at=now - DAY)
    removals.restore(uid=people[0].uid, by=None, at=now)
    ledger.seal(letter_id=letter.pk, at=now)
    return letter


def test_each_day_stands_with_its_reasons_and_without_a_name(client: Client, letter: Letter) -> None:
    shown = page(client, PAGE)
    assert 'data-says="Removed">2<small>Part of a flood: 2</small>' in shown
    assert 'data-says="Restored">1<' in shown
    assert 'data-says="Signatures"><b>2</b>' in shown
    assert shown.count('<th scope="row"') == 3
    assert "Zbigniew" not in shown
    assert ">Lost<" not in shown
    assert 'rel="next"' not in shown


def test_every_reason_has_its_meaning(client: Client, letter: Letter) -> None:
    assert set(changes.MEANINGS) == set(RemovalReason)
    shown = page(client, PAGE)
    assert "A court or an authority ordered it." in shown


def test_a_letter_that_nobody_signed_says_so(client: Client) -> None:
    builders.letter(at=timezone.now() - DAY)
    shown = page(client, PAGE)
    assert "Nothing has changed yet" in shown
    assert "<table" not in shown


def test_a_scheduled_letter_has_no_record_yet(client: Client) -> None:
    builders.letter(opens_at=timezone.now() + DAY)
    shown = page(client, PAGE)
    assert "This letter opens on" in shown
    assert "Nothing has changed yet" not in shown


def test_earlier_days_stand_on_another_page(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHANGE_DAYS", 2)
    first = page(client, PAGE)
    before = (timezone.now() - DAY).date().isoformat()
    assert f'href="?before={before}" rel="next"' in first
    second = page(client, f"{PAGE}?before={before}")
    assert second.count('<th scope="row"') == 1
    assert "Newest days" in second
    assert "Nothing changed before that day." in page(client, f"{PAGE}?before=2001-01-01")


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "%00", "9" * 400])
def test_no_day_is_not_found(client: Client, letter: Letter, day: str) -> None:
    page(client, f"{PAGE}?before={day}", 404)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are(client: Client, letter: Letter, day: str) -> None:
    page(client, f"{PAGE}?before={day}")


def test_no_record_of_what_cannot_be_read(client: Client) -> None:
    builders.draft()
    page(client, PAGE, 404)


def test_it_is_kept_until_the_number_moves(
    client: Client,
    letter: Letter,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(limits, "POINTER_SECONDS", 60)
    first = client.get(PAGE)
    assert not first.cookies
    assert first["Cache-Control"].startswith("public, max-age=0, must-revalidate, s-maxage=")
    with django_assert_num_queries(0):
        assert client.get(PAGE).content == first.content
    builders.confirmed(letter, at=timezone.now(), email="eve@example.org")
    ledger.seal(letter_id=letter.pk, at=timezone.now() + timedelta(minutes=1))
    cache.delete("letter:night-trains")
    with django_assert_num_queries(5):  # the pointer, the letter, its texts, the days, the leaves
        assert client.get(PAGE).content != first.content
