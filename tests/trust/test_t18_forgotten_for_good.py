"""T18: who was erased is nowhere, also after a backup from before was restored; the ledger still verifies."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from letters import addresses, limits
from letters.delivery import journal
from letters.models import Letter, Signature
from letters.services import erasures
from tests import builders, restores

pytestmark = pytest.mark.django_db
NAME, ROLE, WORK = "Wilhelmina Canary-Kestrel", "Lamplighter of Ghent", "Kestrel & Daughters"
TYPED = "Canary.Kestrel+letters@GMAIL.com"
KEY = "form-key-of-canary"
OTHER = "Ben Okafor"
"""Who was not erased: where they are not found, nothing was searched."""


@pytest.fixture
def letter(settings: Settings) -> Letter:
    """Open since last week, with somebody who stays."""
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 1, 0
    made = builders.letter(at=timezone.now() - timedelta(days=8), names_in_api=True)
    builders.confirmed(made, at=timezone.now() - timedelta(days=8), name=OTHER)
    return made


@pytest.fixture
def person(letter: Letter) -> Signature:
    """Somebody who signed a week ago and was counted."""
    week = timezone.now() - timedelta(days=7)
    one = builders.confirmed(
        letter, at=week, name=NAME, role=ROLE, affiliation=WORK, email=TYPED, form_key=KEY
    )
    restores.seal(letter, at=week)
    return builders.stored(one.uid)


def secrets_of(person: Signature) -> list[str]:
    """Return everything that would lead to them: six words, and the bytes that the key opens."""
    assert person.email_sealed is not None
    assert person.salt_sealed is not None
    words = [NAME, ROLE, WORK, TYPED, addresses.canonical(TYPED, version=1), KEY]
    return [*words, bytes(person.email_sealed).hex(), bytes(person.salt_sealed).hex()]


def everything(letter: Letter, published: Path, logs: str) -> dict[str, str]:
    """Return all that is kept, shown or written, by where."""
    places = {"published": "".join(found(published)), "logs": logs}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} AS t")
            places[table] = cursor.fetchone()[0]
    client = Client()
    for path in ("", "signatures/"):
        places[path or "page"] = client.get(f"/letters/{letter.slug}/{path}").content.decode()
    for path in ("", "/count"):
        places[f"api{path}"] = client.get(f"/api/v1/letters/{letter.slug}{path}").content.decode()
    return places


def found(folder: Path) -> Iterator[str]:
    """Yield the content of every file, and its name."""
    for path in folder.rglob("*"):
        yield str(path)
        if path.is_file():
            yield path.read_bytes().decode("latin-1")


def hits(person_secrets: list[str], places: dict[str, str]) -> list[tuple[str, str]]:
    assert any(OTHER in text for text in places.values())
    return [(where, word) for where, text in places.items() for word in person_secrets if word in text]


def test_the_erased_stay_erased(
    letter: Letter, person: Signature, ledger_folder: Path, tmp_path: Path,
    caplog: pytest.LogCaptureFixture, settings: Settings,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    secrets, seen = secrets_of(person), tmp_path / "seen.json"
    before = {word for _, word in hits(secrets, everything(letter, ledger_folder, caplog.text))}
    assert {NAME, ROLE, WORK, KEY, *secrets[-2:]} <= before
    assert before.isdisjoint({TYPED, addresses.canonical(TYPED, version=1)})
    caplog.clear()
    with restores.lost():
        erasures.erase(uid=person.uid, at=timezone.now())
        builders.confirmed(letter, at=timezone.now(), email="cleo@example.org")
        restores.seal(letter, at=timezone.now())
        journal.write(at=timezone.now())
        assert hits(secrets, everything(letter, ledger_folder, caplog.text)) == []
        assert restores.verify(letter, ledger_folder, "--state", seen, at=timezone.now()).status == 0
    assert hits(secrets, everything(letter, ledger_folder, caplog.text)) != []  # last week's backup
    for command in ("replay_erasures", "recover_ledger", "drain"):
        call_command(command)
    restores.seal(letter, at=timezone.now())
    assert hits(secrets, everything(letter, ledger_folder, caplog.text)) == []
    done = restores.verify(letter, ledger_folder, "--state", seen, at=timezone.now())
    assert done.status == 0, done.output
    assert (restores.tally(letter).count, restores.tally(letter).erased_counted) == (2, 1)
    with redis.from_url(settings.REDIS_URL) as cache:
        # A page that was kept before the erasure is found by nobody any more, and is gone within a minute.
        lasting = [key for key in cache.scan_iter() if not 0 < cache.ttl(key) <= limits.PAGE_KEPT_SECONDS]
        texts = [key for key in lasting if cache.type(key) == b"string"]
        kept = b" ".join([*texts, *(cache.get(key) or b"" for key in texts)])
    assert [word for word in secrets if word.encode() in kept] == []
