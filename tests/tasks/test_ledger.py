"""Counting by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from letters import tasks
from letters.models import CheckpointSignature, LedgerEntry, Tally
from letters.services import ledger
from tests import builders

pytestmark = pytest.mark.django_db


def test_who_confirms_during_a_seal_waits_for_company(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 2, 60
    letter = builders.letter(at=timezone.now())
    for name in ("ben", "cleo"):
        builders.confirmed(letter, at=timezone.now(), email=f"{name}@example.org")
    seal = ledger.seal

    def seal_while_dov_confirms(*, letter_id: int, at: datetime) -> int:
        sealed = seal(letter_id=letter_id, at=at)
        builders.confirmed(letter, at=timezone.now(), email="dov@example.org")
        return sealed

    monkeypatch.setattr(ledger, "seal", seal_while_dov_confirms)
    tasks.ledger.seal()
    assert (Tally.objects.get().count, LedgerEntry.objects.count()) == (2, 1)


def test_what_is_counted_is_signed_with_the_same_hint() -> None:
    letter = builders.letter(at=timezone.now() - timedelta(hours=1))
    builders.confirmed(letter, at=timezone.now() - timedelta(seconds=90))
    tasks.ledger.seal()
    signed = CheckpointSignature.objects.get()
    assert (signed.checkpoint.parts["count"], signed.checkpoint.size) == (1, Tally.objects.get().size)


def test_what_a_crash_left_unsigned_is_signed_with_the_next_hint() -> None:
    letter = builders.letter(at=timezone.now())
    builders.counted(letter, at=timezone.now())
    tasks.ledger.seal()
    assert CheckpointSignature.objects.get().checkpoint.size == Tally.objects.get().size


def test_a_ledger_that_cannot_be_sealed_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (
        builders.letter(slug, at=timezone.now() - timedelta(hours=1)) for slug in ("first", "second")
    )
    for letter in (first, second):
        builders.confirmed(letter, at=timezone.now() - timedelta(seconds=90))
    seal = ledger.seal

    def fail_for_the_first(*, letter_id: int, at: datetime) -> int:
        if letter_id == first.pk:
            raise ValueError(letter_id)
        return seal(letter_id=letter_id, at=at)

    monkeypatch.setattr(ledger, "seal", fail_for_the_first)
    with pytest.raises(ExceptionGroup):
        tasks.ledger.seal()
    assert dict(Tally.objects.values_list("letter", "count")) == {first.pk: 0, second.pk: 1}
    assert CheckpointSignature.objects.filter(checkpoint__letter=second, checkpoint__size__gt=0).exists()
