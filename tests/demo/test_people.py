"""Invented signatories: the same on every run, with the scripts and the flaws of real lists."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter

import pytest

from letters import limits, text
from letters.demo import letter
from letters.demo.people import MINUTES, people

CROWD = list(people(letter.SIGNATURES, seed=letter.SLUG))


def share(hits: int) -> float:
    return hits / len(CROWD)


def test_the_same_seed_gives_the_same_people_and_another_one_others() -> None:
    assert list(people(50, seed="a")) == list(people(50, seed="a"))
    assert list(people(50, seed="a")) != list(people(50, seed="b"))


@pytest.mark.parametrize("count", [0, 1, 7, 1743])
def test_as_many_as_asked_for(count: int) -> None:
    assert len(list(people(count, seed="x"))) == count


def test_every_name_would_pass_our_own_form() -> None:
    for person in CROWD:
        assert text.person_name(person.name) == person.name
        for line, most in ((person.role, limits.ROLE_MAX), (person.affiliation, limits.AFFILIATION_MAX)):
            assert text.one_line(line) == line
            assert len(line) <= most
        assert len(person.name) <= limits.NAME_MAX


def test_they_sign_in_order_within_the_campaign() -> None:
    minutes = [person.minute for person in CROWD]
    assert minutes == sorted(minutes)
    assert 0 <= minutes[0] < minutes[-1] < MINUTES
    by_day = Counter(minute // 1440 for minute in minutes)
    assert by_day[0] == max(by_day.values())
    assert by_day[19] > by_day[12]


def test_many_countries_and_scripts() -> None:
    scripts = {
        unicodedata.name(char).split()[0] for person in CROWD for char in person.name if char.isalpha()
    }
    assert {
        "LATIN",
        "CYRILLIC",
        "GREEK",
        "ARABIC",
        "HEBREW",
        "DEVANAGARI",
        "CJK",
        "HANGUL",
        "THAI",
    } <= scripts
    assert len({person.country for person in CROWD}) > 60


def test_the_flaws_of_real_lists() -> None:
    names = Counter(person.name for person in CROWD)
    twice = sum(1 for times in names.values() if times > 1)
    assert 20 <= twice <= 150
    assert 0.03 < share(sum(not person.affiliation for person in CROWD)) < 0.15
    assert any(person.name.isupper() for person in CROWD)
    assert any(person.name.islower() for person in CROWD)


def test_shares_of_what_people_choose() -> None:
    assert 0.7 < share(sum(person.visibility == "public" for person in CROWD)) < 0.9
    assert 0.01 < share(sum(person.kind == "organization" for person in CROWD)) < 0.05
    assert {person.method for person in CROWD} == {"email", "institution", "orcid", "openid", "checked"}


def test_inventing_is_never_what_takes_the_time() -> None:
    began = time.perf_counter()
    assert sum(1 for _ in people(20_000, seed="speed")) == 20_000
    assert time.perf_counter() - began < 2


def test_the_letter_is_a_letter() -> None:
    assert 300 < len(letter.body("en").split()) < 600
    assert "\n1. " in letter.body("en")
