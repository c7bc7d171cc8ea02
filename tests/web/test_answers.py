"""A letter that was answered: the answer is read first, and its author is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters.models import Letter
from letters.services import letters
from tests import builders
from tests.web.reading import page

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"


def answered(letter: Letter, words: str = "We will **read** it.") -> Letter:
    """The addressee has answered."""
    who = "The <Minister>"
    return letters.answer(letter=letter, answer=words, answered_by=who, by=None, at=timezone.now())


def test_the_answer_stands_before_the_letter_with_who_gave_it(client: Client) -> None:
    answered(builders.letter())
    shown = page(client, PAGE)
    assert "We will <strong>read</strong> it." in shown
    assert shown.index('id="answer"') < shown.index("Dear Ministers")
    assert "<bdi>The &lt;Minister&gt;</bdi>" in shown
    assert "Answered on" in shown
    assert '<div class="prose" lang="en" dir="auto">' in shown
    assert "<form" in shown


def test_a_closed_letter_says_both(client: Client) -> None:
    letter = letters.close(letter=builders.letter(), by=None, at=timezone.now())
    answered(letter)
    shown = page(client, PAGE)
    assert "Answered on" in shown
    assert "This letter is closed" in shown


def test_an_answer_is_no_more_markup_than_a_letter(client: Client) -> None:
    answered(builders.letter(), "<script>x</script> [a](javascript:x)\n\n# Big")
    shown = page(client, PAGE)
    assert "<script>x" not in shown
    assert 'href="javascript' not in shown
    assert "<h2>Big</h2>" in shown


def test_a_letter_without_an_answer_says_nothing_of_it(client: Client) -> None:
    builders.letter()
    shown = page(client, PAGE)
    assert "Answered on" not in shown
    assert "The answer" not in shown


def test_a_letter_that_has_not_opened_shows_no_answer(client: Client) -> None:
    answered(builders.letter(opens_at=timezone.now() + timedelta(days=1)))
    shown = page(client, PAGE)
    assert "Answered on" not in shown
    assert "We will" not in shown
