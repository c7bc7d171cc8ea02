"""Featuring, reporting, declining names and merging affiliations are all or nothing, as every service is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from letters import limits
from letters.enums import DeclineReason, Exported
from letters.models import AffiliationMerge, Feature
from letters.services import (
    affiliations,
    breakdowns,
    claims,
    displays,
    erasures,
    exports,
    features,
    figures,
    reports,
    signatures,
)
from letters.services.claims import Words
from letters.services.features import Way
from tests import builders
from tests.breaking import prove_whole
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def featured() -> Feature:
    return builders.featured(builders.counted(builders.letter()))


def feature() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: builders.featured(one)


def move() -> Callable[[], object]:
    other = builders.counted(featured().letter, email="cleo@example.org")
    last = builders.featured(other)
    return lambda: features.move(pk=last.pk, way=Way.UP, by=None, at=NOW)


def unfeature() -> Callable[[], object]:
    one = featured()
    return lambda: features.unfeature(pk=one.pk, by=None, at=NOW)


def withdraw() -> Callable[[], object]:
    one = featured()
    return lambda: signatures.withdraw(uid=one.signature.uid, at=NOW)


def erase() -> Callable[[], object]:
    one = featured()
    return lambda: erasures.erase(uid=one.signature.uid, at=NOW)


def erase_reported() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    settled = builders.reported(one.letter, one.name)
    reports.settle(pk=settled.pk, note="It is she.", by=None, at=NOW)
    return lambda: erasures.erase(uid=one.uid, at=NOW)


def change() -> Callable[[], object]:
    one = featured().signature
    words = Words("Somebody Else", one.role, one.affiliation, "", builders.answers().visibility)
    return lambda: claims.change(uid=one.uid, words=words, at=NOW)


def decide(reason: DeclineReason | None) -> Callable[[], Callable[[], object]]:
    def prepare() -> Callable[[], object]:
        one = builders.counted(builders.letter(names_after_review=reason is None))
        read: dict[str, Any] = {"uid": one.uid, "seen": one.seen_digest(), "by": None, "at": NOW}
        if reason:
            return lambda: displays.decline(reason=reason, **read)
        return lambda: displays.show(**read)

    return prepare


def make() -> Callable[[], object]:
    letter = builders.letter()
    return lambda: builders.reported(letter)


def settle() -> Callable[[], object]:
    one = builders.reported(builders.letter())
    return lambda: reports.settle(pk=one.pk, note="It is she.", by=None, at=NOW)


def read() -> Callable[[], object]:
    one = builders.reported(builders.letter())
    return lambda: reports.open_address(pk=one.pk, by=None, at=NOW)


def forget() -> Callable[[], object]:
    builders.reported(builders.letter())
    return lambda: reports.forget(at=NOW + limits.REPORT_KEPT_OPEN + timedelta(days=1))


def merge() -> Callable[[], object]:
    letter = builders.letter()
    return lambda: affiliations.merge(letter=letter, spelling="MIT", name="Institute", by=None, at=NOW)


def split() -> Callable[[], object]:
    one = affiliations.merge(letter=builders.letter(), spelling="MIT", name="Institute", by=None, at=NOW)
    return lambda: affiliations.split(merge=AffiliationMerge.objects.get(pk=one.pk), by=None, at=NOW)


def refresh() -> Callable[[], object]:
    one = builders.counted(builders.letter(), country="FR")
    return lambda: breakdowns.refresh(letter_id=one.letter_id, at=NOW)


def count_for_the_desk() -> Callable[[], object]:
    one = builders.counted(builders.letter(), source="poster")
    return lambda: figures.refresh(letter_id=one.letter_id, at=NOW)


def export() -> Callable[[], object]:
    letter = builders.counted(builders.letter()).letter
    said = {"which": Exported.COUNTED, "reason": "For the ministry."}
    return lambda: exports.begin(letter=letter, **said, by=None, at=NOW)  # type: ignore[arg-type]


LAST_WRITES = [
    (count_for_the_desk, "letters_figures"),
    (export, "letters_event"),
    (feature, "letters_namesrevision"),
    (move, "letters_namesrevision"),
    (unfeature, "letters_namesrevision"),
    (withdraw, "letters_feature"),
    (withdraw, "letters_namesrevision"),
    (erase, "letters_feature"),
    (erase_reported, "letters_report"),
    (erase, "letters_namesrevision"),
    (change, "letters_feature"),
    (change, "letters_namesrevision"),
    (decide(None), "letters_event"),
    (decide(None), "letters_namesrevision"),
    (decide(DeclineReason.OTHER), "letters_ledgerentry"),
    (decide(DeclineReason.OTHER), "letters_message"),
    (decide(DeclineReason.OTHER), "letters_namesrevision"),
    (make, "letters_event"),
    (settle, "letters_event"),
    (settle, "letters_message"),
    (read, "letters_event"),
    (forget, "letters_report"),
    (merge, "letters_event"),
    (split, "letters_event"),
    (split, "letters_letter"),
    (refresh, "letters_breakdown"),
]


@pytest.mark.parametrize(("prepare", "table"), LAST_WRITES)
def test_nothing_remains_of_what_broke(prepare: Callable[[], Callable[[], object]], table: str) -> None:
    prove_whole(prepare(), table)
