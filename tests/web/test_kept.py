"""Pages that are kept: nothing is asked for while nothing changes, and every change is seen at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from letters import limits
from letters.enums import RemovalReason, Visibility
from letters.models import Letter, NamesRevision
from letters.services import ledger, letters, organizations, removals, signatures
from tests import builders

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"


@pytest.fixture
def letter(monkeypatch: pytest.MonkeyPatch) -> Letter:
    """A letter with three names; its pointer lasts as long as on the site."""
    monkeypatch.setattr(limits, "POINTER_SECONDS", 60)
    letter = builders.letter(at=timezone.now() - timedelta(hours=1))
    for name in ("Zbigniew", "Cleo", "Dov"):
        builders.confirmed(letter, at=timezone.now(), name=name, email=f"{name}@example.org")
    ledger.seal(letter_id=letter.pk, at=timezone.now())
    return letter


def test_a_page_that_is_kept_asks_the_database_nothing(
    client: Client, letter: Letter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(PAGE).content
    with django_assert_num_queries(0):
        assert client.get(PAGE).content == first


def test_a_page_that_is_not_kept_asks_at_most_eight_times(
    client: Client, letter: Letter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get(PAGE)


def test_who_has_the_page_is_told_so(
    client: Client, letter: Letter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = client.get(PAGE)["ETag"]
    with django_assert_num_queries(0):
        response = client.get(PAGE, headers={"If-None-Match": etag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


def hide(letter: Letter) -> None:
    """Withdraw Zbigniew, before the number follows."""
    one = letter.signatures.get(name="Zbigniew")
    signatures.withdraw(uid=one.uid, at=timezone.now())


def remove(letter: Letter) -> None:
    """Remove Cleo."""
    one = letter.signatures.get(name="Cleo")
    removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=timezone.now())


def rename(letter: Letter) -> None:
    """Give the organization another name."""
    letter.organization.name = "Sleeper Friends"
    organizations.change(organization=letter.organization, by=None, at=timezone.now())


def pause(letter: Letter) -> None:
    """Pause signing."""
    letters.pause(letter=letter, by=None, at=timezone.now())


def feature(letter: Letter) -> None:
    """Let Dov stand first."""
    builders.featured(letter.signatures.get(name="Dov"), at=timezone.now())


def count(letter: Letter) -> None:
    """Count one more whose name is private."""
    builders.confirmed(letter, at=timezone.now(), email="eve@example.org", visibility=Visibility.PRIVATE)
    ledger.seal(letter_id=letter.pk, at=timezone.now() + timedelta(minutes=1))


@pytest.mark.parametrize("change", [hide, remove, rename, pause, count, feature])
def test_every_change_is_another_page(client: Client, letter: Letter, change: object) -> None:
    before = client.get(PAGE)
    change(letter)  # type: ignore[operator]
    cache.delete("letter:night-trains")  # a second later
    after = client.get(PAGE)
    assert after["ETag"] != before["ETag"]
    assert after.content != before.content


def test_a_hidden_name_is_gone_when_the_pointer_is(client: Client, letter: Letter) -> None:
    assert b"Zbigniew" in client.get(PAGE).content
    hide(letter)
    cache.delete("letter:night-trains")
    assert b"Zbigniew" not in client.get(PAGE).content


def test_a_letter_closes_at_its_second_although_its_page_is_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "POINTER_SECONDS", 60)
    now = timezone.now()
    builders.letter(at=now, closes_at=now + timedelta(hours=1))
    with time_machine.travel(now + timedelta(minutes=59, seconds=55), tick=False):
        cache.clear()
        open_page = client.get(PAGE)
        assert open_page["Cache-Control"].endswith("s-maxage=5")
        assert b"<form" in open_page.content
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert b"<form" not in client.get(PAGE).content


def test_without_the_cache_the_page_is_written_each_time(
    client: Client, letter: Letter, settings: Settings
) -> None:
    kept = client.get(PAGE)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    written = client.get(PAGE)
    assert (written.status_code, written["ETag"]) == (200, kept["ETag"])
    assert b"Zbigniew" in written.content
    assert written.content != kept.content  # each has a form key of its own


def test_the_revision_of_names_is_part_of_the_key(client: Client, letter: Letter) -> None:
    before = client.get(PAGE)["ETag"]
    NamesRevision.objects.update(value=99)
    cache.clear()
    assert client.get(PAGE)["ETag"] != before
