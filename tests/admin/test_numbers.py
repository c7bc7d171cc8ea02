"""The numbers of a letter at the desk: drawn, and to read as a table."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from letters.enums import RemovalReason, Role
from letters.models import Letter
from letters.services import breakdowns, figures, ledger, removals, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TAGS = re.compile(r"<[^>]+>|\s+")


def page(letter: Letter) -> str:
    return reverse("admin:letters_letter_numbers", args=[letter.pk])


def words(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(TAGS.sub(" ", response.content.decode()).split())


@pytest.fixture
def fay(client: Client) -> Client:
    """The browser of Fay, who only looks."""
    client.force_login(builders.member(builders.organization(), Role.VIEWER))
    return client


def crowd(letter: Letter) -> None:
    for number in range(12):
        source = "poster" if number < 8 else ""
        said = {"email": f"n{number}@example.org", "source": source, "country": "BE"}
        builders.confirmed(letter, at=NOW - 2 * HOUR + number * timedelta(minutes=5), **said)
    ledger.seal(letter_id=letter.pk, at=NOW - HOUR)
    one, other = letter.signatures.order_by("pk")[:2]
    signatures.withdraw(uid=one.uid, at=NOW)
    removals.remove(uid=other.uid, reason=RemovalReason.TEST, by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW)
    breakdowns.refresh(letter_id=letter.pk, at=NOW)
    figures.refresh(letter_id=letter.pk, at=NOW)


def test_every_number_stands_in_a_table_beside_its_drawing(fay: Client) -> None:
    letter = builders.letter(at=NOW - 3 * HOUR)
    crowd(letter)
    with time_machine.travel(NOW, tick=False):
        response = fay.get(page(letter))
    said = words(response)
    assert "10 signatures As of" in said
    assert "Withdrawn by their owners 1 Removed 1" in said
    assert "14 Mar, 11:00 12 0 0 12" in said
    assert "14 Mar, 12:00 0 1 1 10" in said
    assert "14 March 2026 12 1 1 10" in said
    assert "Belgium 10" in said
    assert "English 10" in said
    assert "Email confirmed 10" in said
    assert "poster 6 Without a code 4" in said
    assert "Of the forms of the last 14 days, 100 % are confirmed." in said
    assert "Answer to a form 12 0 0 0 0" in said
    charts = [one for one in response.context["hours"].points if one.new]
    assert len(charts) == 1
    assert response.content.count(b"<rect") == 48 + 1 + 1 + 1 + 1 + 2


def test_a_draft_has_no_numbers_and_says_so(fay: Client) -> None:
    assert "not published yet" in words(fay.get(page(builders.draft())))


def test_what_is_not_counted_yet_is_said_to_be(fay: Client) -> None:
    assert "are being counted" in words(fay.get(page(builders.letter())))


def test_the_page_of_a_letter_leads_there(fay: Client) -> None:
    letter = builders.letter()
    shown = fay.get(reverse("admin:letters_letter_change", args=[letter.pk])).content.decode()
    assert page(letter) in shown


def test_it_costs_the_same_however_many_signed(
    fay: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    letter = builders.letter(at=NOW - 3 * HOUR)
    fay.get(page(letter))  # a new session is written down
    with django_assert_max_num_queries(10):
        fay.get(page(letter))
    crowd(letter)
    with django_assert_max_num_queries(10):
        fay.get(page(letter))


def test_a_page_that_only_shows_takes_no_form(fay: Client) -> None:
    assert fay.post(page(builders.letter())).status_code == 405
