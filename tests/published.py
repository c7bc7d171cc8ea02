"""A long published letter that tests only read: made once for a module, undone after its last test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from letters.delivery import ledger
from letters.models import Letter
from tests import builders
from tests.admin.stage import undone
from tests.builders import NOW

SLUG = "three-hundred"


@pytest.fixture(scope="module")
def published_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Letter, Path]]:
    """The letter, and the folder in which it is published."""
    folder = tmp_path_factory.mktemp("published")
    shelf = {"BACKEND": "advocacy.storage.AtomicFolder", "OPTIONS": {"location": folder}}
    with django_db_blocker.unblock(), undone():
        letter = builders.letter(SLUG)
        for number in range(300):
            builders.confirmed(letter, email=f"ben{number}@example.org")
        with override_settings(STORAGES={**settings.STORAGES, "ledger": shelf}):
            ledger.advance(letter_id=letter.pk, at=NOW)
            ledger.publish(letter_id=letter.pk, at=NOW)
        builders.counted(letter, at=NOW + timedelta(hours=1), email="cleo@example.org")
        yield letter, folder


@pytest.fixture
def three_hundred(published_once: tuple[Letter, Path], ledger_folder: Path) -> Letter:
    """A letter with 300 signatures, published, and one more that is sealed and not signed yet."""
    letter, folder = published_once
    shutil.copytree(folder, ledger_folder)
    return letter
