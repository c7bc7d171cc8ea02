"""Numbers by country and affiliation: they add up, and are counted anew when something changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.enums import RemovalReason, Visibility
from letters.models import Breakdown, Letter, Tally
from letters.queries import breakdowns as queries
from letters.services import (
    affiliations,
    breakdowns,
    displays,
    erasures,
    ledger,
    letters,
    removals,
    signatures,
)
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def crowd(letter: Letter, *said: tuple[str, str], many: int = 1, visibility: str = Visibility.PUBLIC) -> None:
    """So many of each, confirmed: country and affiliation."""
    start = letter.signatures.count()
    for number, (country, affiliation) in enumerate([one for one in said for _ in range(many)], start):
        builders.confirmed(
            letter,
            email=f"n{number}@example.org",
            country=country,
            affiliation=affiliation,
            visibility=visibility,
        )


def counted(letter: Letter) -> Breakdown:
    ledger.seal(letter_id=letter.pk, at=NOW)
    return breakdowns.refresh(letter_id=letter.pk, at=LATER)


def adds_up(one: Breakdown) -> bool:
    tally = Tally.objects.get(letter_id=one.letter_id)
    countries = sum(number for _code, number in one.countries)
    affiliations = sum(number for _name, number in one.affiliations)
    return one.as_of == tally.as_of and (
        countries + one.countries_other + one.countries_not_stated == tally.count
        and affiliations + one.affiliations_other + one.affiliations_not_stated == tally.public
    )


def test_every_country_counts_whoever_shows_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELL_LEAST", 2)
    letter = builders.letter()
    crowd(letter, ("FR", ""), ("DE", ""), many=2)
    crowd(letter, ("FR", ""), visibility=Visibility.PRIVATE)
    crowd(letter, ("LU", ""), ("BE", ""), ("", ""))
    one = counted(letter)
    assert [tuple(cell) for cell in one.countries] == [("FR", 3), ("DE", 2)]
    assert (one.countries_other, one.countries_not_stated) == (2, 1)
    assert adds_up(one)


def test_affiliations_are_those_of_public_names_in_all_their_spellings() -> None:
    letter = builders.letter()
    crowd(letter, ("", "Mozilla"), ("", "MOZILLA, Inc."), ("", "The Mozilla"), ("", "Mozilla"))
    crowd(letter, ("", "Mozilla"), visibility=Visibility.PRIVATE)
    crowd(letter, ("", "KDE"), ("", "Gnome"), ("", ""), ("", "--"))
    one = counted(letter)
    assert [tuple(cell) for cell in one.affiliations] == [("Mozilla", 4)]
    assert (one.affiliations_other, one.affiliations_not_stated) == (2, 2)
    assert adds_up(one)


def test_what_is_not_counted_yet_or_no_longer_is_in_neither() -> None:
    letter = builders.letter()
    crowd(letter, ("FR", "Mozilla"), many=3)
    gone, removed = letter.signatures.order_by("pk")[:2]
    ledger.seal(letter_id=letter.pk, at=NOW)
    signatures.withdraw(uid=gone.uid, at=NOW)
    removals.remove(uid=removed.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    before = breakdowns.refresh(letter_id=letter.pk, at=NOW + timedelta(minutes=1))
    assert before.countries_other == 3  # the number still holds them
    assert (before.affiliations_other, before.affiliations_not_stated) == (1, 2)  # the names are gone at once
    assert adds_up(before)
    builders.confirmed(letter, email="late@example.org", country="FR")
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=2))
    after = breakdowns.refresh(letter_id=letter.pk, at=LATER)
    assert (after.countries_other, after.affiliations_other) == (2, 1)
    assert adds_up(after)


def test_who_is_erased_is_counted_and_states_nothing() -> None:
    letter = builders.letter()
    crowd(letter, ("FR", "Mozilla"), many=3)
    one = counted(letter)
    assert [tuple(cell) for cell in one.affiliations] == [("Mozilla", 3)]
    first = letter.signatures.order_by("pk")[0]
    erasures.erase(uid=first.uid, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=2))
    one = breakdowns.refresh(letter_id=letter.pk, at=LATER)
    assert (one.countries_other, one.countries_not_stated) == (2, 1)
    assert (one.affiliations, one.affiliations_other) == ([], 2)
    assert adds_up(one)


def test_what_the_organizer_merges_is_counted_together_until_it_is_taken_back() -> None:
    letter = builders.letter()
    crowd(letter, ("", "MIT"), ("", "M. I. T."), ("", "Massachusetts Institute of Technology"))
    assert counted(letter).affiliations == []
    merge = affiliations.merge(
        letter=letter, spelling="mit", name="Massachusetts Institute of Technology", by=None, at=NOW
    )
    one = breakdowns.refresh(letter_id=letter.pk, at=LATER)
    assert [tuple(cell) for cell in one.affiliations] == [("Massachusetts Institute of Technology", 3)]
    affiliations.split(merge=merge, by=None, at=NOW)
    assert breakdowns.refresh(letter_id=letter.pk, at=LATER).affiliations == []


def stale(letter: Letter) -> bool:
    return letter.pk in queries.due(at=LATER + timedelta(hours=1))


def test_a_letter_is_due_when_something_changed_and_not_before() -> None:
    letter = builders.letter()
    assert stale(letter)
    one = builders.confirmed(letter)
    counted(letter)
    assert not stale(letter)
    shown = builders.stored(one.uid)
    displays.decline(uid=one.uid, seen=shown.seen_digest(), reason="link", by=None, at=LATER)
    assert stale(letter)
    breakdowns.refresh(letter_id=letter.pk, at=LATER)
    builders.confirmed(letter, email="cleo@example.org")
    assert not stale(letter)
    ledger.seal(letter_id=letter.pk, at=LATER)
    assert stale(letter)
    breakdowns.refresh(letter_id=letter.pk, at=LATER)
    affiliations.merge(letter=letter, spelling="A", name="B", by=None, at=LATER)
    assert stale(letter)


def test_a_large_letter_is_counted_less_often() -> None:
    letter = builders.letter()
    builders.confirmed(letter)
    counted(letter)
    builders.confirmed(letter, email="cleo@example.org")
    ledger.seal(letter_id=letter.pk, at=LATER)
    waits = timedelta(seconds=10)
    assert queries.due(at=LATER + waits - timedelta(seconds=1)) == []
    assert queries.due(at=LATER + waits) == [letter.pk]
    assert queries.every(signatures=1_000_000) == timedelta(minutes=5)
    assert queries.every(signatures=100_000) == timedelta(seconds=30)


def test_drafts_and_withdrawn_letters_are_not_counted() -> None:
    builders.draft("draft")
    gone = builders.letter()
    letters.withdraw(letter=gone, reason="Not ours.", by=None, at=NOW)
    assert queries.due(at=LATER) == []


def test_counting_costs_as_many_statements_for_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    letter = builders.letter()
    crowd(letter, *((country, f"Place {country}") for country in ("FR", "DE", "LU", "BE", "PT", "ES")))
    ledger.seal(letter_id=letter.pk, at=NOW)
    with django_assert_max_num_queries(12):
        breakdowns.refresh(letter_id=letter.pk, at=LATER)


@pytest.mark.parametrize(
    ("spelling", "name", "refusal"),
    [
        ("--", "Mozilla", affiliations.Nameless),
        ("Mozilla", "…", affiliations.Nameless),
        ("Mozilla", "The MOZILLA Inc.", affiliations.SameAlready),
        ("Firefox", "Mozilla Foundation", affiliations.MergedAlready),
        ("Mozilla", "Firefox", affiliations.InCircle),
        ("Mozilla", "Thunderbird", affiliations.InCircle),
    ],
)
def test_what_cannot_be_merged(spelling: str, name: str, refusal: type[Exception]) -> None:
    letter = builders.letter()
    affiliations.merge(letter=letter, spelling="Firefox", name="Mozilla", by=None, at=NOW)
    affiliations.merge(letter=letter, spelling="Thunderbird", name="Firefox", by=None, at=NOW)
    with pytest.raises(refusal):
        affiliations.merge(letter=letter, spelling=spelling, name=name, by=None, at=NOW)
    assert letter.merges.count() == 2
