"""Spreading invented signatories over the time that a letter has been open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from letters.demo.people import MINUTES, Person
from letters.models import LetterText
from letters.services import ledger, seeds

GROUPS_MOST: Final = 100  # six hours each: the history has a shape


def load(*, text: LetterText, crowd: Iterable[Person], seed: str, since: datetime, until: datetime) -> None:
    """Load and count signatories, in groups, between `since` and `until`."""
    groups = max(1, min(GROUPS_MOST, int((until - since).total_seconds()) // 2))
    first = 0
    for number, group in _groups(crowd, groups):
        moment = since + (until - since) * (number + 1) / groups
        seeds.load(text=text, people=group, seed=seed, first=first, at=moment)
        while ledger.seal(letter_id=text.letter_id, at=moment):
            pass
        first += len(group)


def _groups(crowd: Iterable[Person], groups: int) -> Iterator[tuple[int, list[Person]]]:
    for number, group in groupby(crowd, key=lambda person: person.minute * groups // MINUTES):
        yield number, list(group)


def opened_before(moment: datetime) -> datetime:
    """Return when a letter opened whose whole demo history ends at `moment`."""
    return (moment - timedelta(minutes=MINUTES)).replace(second=0, microsecond=0)
