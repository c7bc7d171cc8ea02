"""A hand in the number itself: the row from which the page and the API take it. The ledger stays honest."""

from __future__ import annotations

import pytest

from tests.ledger_site import hands, places
from tests.ledger_site.life import Life

pytestmark = pytest.mark.django_db(transaction=True)

MORE = "count = count + 1, persons = persons + 1, public = public + 1, by_email = by_email + 1"
FEWER = "count = count - 1, persons = persons - 1, public = public - 1, by_email = by_email - 1"


def found(site: str, life: Life, change: str, words: str) -> None:
    """The row says something else than the ledger: both modes find it."""
    assert hands.run(f"UPDATE letters_tally SET {change}, revision = revision + 1") == 1
    for mode in ([], ["--light"]):
        done = places.check_site(site, life, *mode)
        assert (done.status, words in done.line) == (1, True), done.line


def test_a_signature_added_to_the_number(site: str, life: Life) -> None:
    found(site, life, f"{MORE}, signed = signed + 1", "the API says 266")


def test_a_withdrawal_left_out_of_the_number(site: str, life: Life) -> None:
    found(site, life, f"{MORE}, withdrawn = withdrawn - 1", "the API says 266")


def test_a_removal_left_out_of_the_number(site: str, life: Life) -> None:
    found(site, life, f"{MORE}, removed = removed - 1", "the API says 266")


def test_a_signature_taken_from_the_number(site: str, life: Life) -> None:
    found(site, life, f"{FEWER}, signed = signed - 1", "the API says 264")


def test_a_withdrawal_counted_twice(site: str, life: Life) -> None:
    found(site, life, f"{FEWER}, withdrawn = withdrawn + 1", "the API says 264")


def test_a_number_dated_back(site: str, life: Life) -> None:
    found(site, life, "as_of = as_of - interval '1 minute'", "the API says 265 as of")


def test_a_number_dated_later(site: str, life: Life) -> None:
    found(site, life, "as_of = as_of + interval '1 minute'", "the API says 265 as of")


def test_a_size_cut_by_one(site: str, life: Life) -> None:
    found(site, life, "size = size - 1", "not a tally")


def test_another_root(site: str, life: Life) -> None:
    found(site, life, "root = sha256('other')", "the API names another root")


def test_an_earlier_size_under_the_same_number(site: str, life: Life) -> None:
    found(site, life, "size = (SELECT min(size) FROM letters_checkpoint)", "the API says 265")
