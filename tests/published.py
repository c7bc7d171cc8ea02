"""A long published letter that the tests of a whole module read: made once, undone after the last one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from letters.delivery import ledger
from letters.models import Letter
from tests import builders
from tests.admin.stage import undone
from tests.builders import NOW

SLUG = "three-hundred"


@contextmanager
def standing(blocker: DjangoDbBlocker, folder: Path) -> Iterator[Letter]:
    """A letter with 300 signatures, published in `folder`, and one more that is sealed and not signed yet."""
    shelf = {"BACKEND": "advocacy.storage.AtomicFolder", "OPTIONS": {"location": folder}}
    with blocker.unblock(), undone():
        letter = builders.letter(SLUG)
        for number in range(300):
            builders.confirmed(letter, email=f"ben{number}@example.org")
        with override_settings(STORAGES={**settings.STORAGES, "ledger": shelf}):
            ledger.advance(letter_id=letter.pk, at=NOW)
            ledger.publish(letter_id=letter.pk, at=NOW)
        builders.counted(letter, at=NOW + timedelta(hours=1), email="cleo@example.org")
        yield letter
