"""One line of a person's own words, in any script."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from letters import text

HONEST = [
    "Noor van den Berg", "Nguyễn Thị Minh Khai", "Ольга Петрова", "محمد بن سلمان", "שרה כהן", "王小明",
    "김민수",
    "สมชาย ใจดี", "Åsa-Märta Öström", "José Ángel Núñez", "O’Connor", "Jean-Luc", "Suharto", "अनिता शर्मा",
    "Γιώργος Παπαδόπουλος", "გიორგი", "D'Angelo", "St. John Smith", "Dr. h.c. Ann Lee", "می‌خواهم",
]  # fmt: skip
HOSTILE = {
    "bidi override": "Ben\u202egro.live",
    "isolate": "Ben\u2066x\u2069",
    "zero width space": "B\u200ben",
    "soft hyphen": "B\u00aden",
    "control": "Ben\x07",
    "private use": "Ben \ue000",
    "lost character": "Ben \ufffd",
    "stacked marks": "Z\u0316\u0317\u0318\u0319a",
    "link": "see https://example.org",
    "www": "www.example.org",
    "host": "buy at pills.com",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_names_stay_as_they_are(name: str) -> None:
    assert text.person_name(name) == name


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_lines_are_refused_with_a_sentence(value: str) -> None:
    with pytest.raises(ValidationError) as caught:
        text.one_line(value)
    assert caught.value.messages[0].endswith(".")


def test_spaces_and_composition_are_made_plain() -> None:
    assert text.one_line("  Zoe\u0308 \n  Smith\t") == "Zoë Smith"


def test_a_name_needs_letters() -> None:
    with pytest.raises(ValidationError):
        text.person_name("123 !!")
