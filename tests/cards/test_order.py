"""Writing from right to left, and what stands in it."""

from __future__ import annotations

import unicodedata

import pytest

from letters.cards import order


def seen(text: str) -> str:
    """Return a line as the eye meets it, from left to right."""
    levels = order.levels(text, rtl=order.is_rtl(text))
    return "".join(order.placed(list(zip(levels, text, strict=True))))


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("Night trains", False), ("Ночные поезда", False), ("رسالة", True), ("מכתב", True),
        ("2026: رسالة", True), ("AI رسالة", False), ("2026", False), ("", False),
    ],
)  # fmt: skip
def test_a_text_runs_the_way_of_its_first_letter(text: str, rtl: bool) -> None:
    assert order.is_rtl(text) == rtl


# Capitals would be easier to read; the letters of Hebrew have no other forms, so their order is seen.
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Night trains 12,5", "Night trains 12,5"),
        ("אבג", "גבא"),
        ("אב AI גד", "דג AI בא"),
        ("אב AI 2 גד", "דג AI 2 בא"),
        ("אב 2026 גד", "דג 2026 בא"),
        ("אב 12,5 גד", "דג 12,5 בא"),
        ("ab אב גד cd", "ab דג בא cd"),
        ("ab אב 12 גד cd", "ab דג 12 בא cd"),
        ("אב (AI) גד", "דג )AI( בא"),
        ("אב!", "!בא"),
        ("ab אב!", "ab בא!"),
        ("", ""),
    ],
)
def test_a_line_is_placed_as_a_browser_places_it(typed: str, shown: str) -> None:
    assert seen(typed) == shown


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("سلام", ["SEEN INITIAL", "LAM WITH ALEF FINAL", "MEEM ISOLATED"]),
        ("باب", ["BEH INITIAL", "ALEF FINAL", "BEH ISOLATED"]),
        ("پگی", ["PEH INITIAL", "GAF MEDIAL", "FARSI YEH FINAL"]),
        ("بـ", ["BEH INITIAL", "ARABIC TATWEEL"]),
        ("أ", ["ALEF WITH HAMZA ABOVE ISOLATED"]),
        ("سَلا", ["SEEN INITIAL", "LAM WITH ALEF FINAL"]),
    ],
)
def test_arabic_letters_join_without_a_shaping_engine(word: str, forms: list[str]) -> None:
    drawn = [unicodedata.name(char) for char in reversed(order.shaped(word))]
    plain = [name.removeprefix("ARABIC LETTER ").removeprefix("ARABIC LIGATURE ") for name in drawn]
    assert [name.removesuffix(" FORM") for name in plain] == forms


def test_brackets_are_turned_and_hebrew_is_reversed() -> None:
    assert order.shaped("(אב)") == "(בא)"
