"""Spellings of one affiliation, and those of two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import affiliations, limits

ALIKE = [
    ["Mozilla", "MOZILLA", "mozilla ", "The Mozilla", "Mozilla, Inc.", "Mozilla Corp.", "Mozílla"],
    ["Open AI", "OpenAI", "Open-AI", "open.ai", "OpenAI, L.L.C.", "OpenAI LP"],
    ["Universität Köln", "Universitat Koln", "UNIVERSITÄT  KÖLN", "Universität-Köln"],
    ["Digitalcourage e.V.", "Digitalcourage e. V.", "digitalcourage eV", "Digitalcourage"],
    ["Bosch GmbH & Co. KG", "Bosch GmbH", "Bosch", "BOSCH GMBH & CO KG"],
    ["Nordisk A/S", "Nordisk AS", "Nordisk"],
    ["Firma sp. z o.o.", "Firma"],
    ["ООО Ромашка", "Ромашка", "«Ромашка»", "РОМАШКА ООО"],
    ["株式会社日立", "日立株式会社", "日立"],
    ["Smith & Co. Ltd.", "smith co ltd", "Smith"],
    ["École", "ecole", "É\u0301cole".replace("\u0301", "")],
    ["Straße", "STRASSE", "strasse"],
]  # fmt: skip
APART = [
    ("University of Oxford", "Oxford Brookes University"),
    ("MIT", "Massachusetts Institute of Technology"),
    ("Mozilla", "Mozilla Foundation"),
    ("Bank of England", "Bank of Ireland"),
    ("株式会社日立", "株式会社東芝"),
    ("Co-op", "Coop Bank"),
    ("SA Water", "Water"),
    ("A G Edwards", "Edwards"),
]


@pytest.mark.parametrize("spellings", ALIKE, ids=lambda spellings: spellings[0])
def test_spellings_of_one(spellings: list[str]) -> None:
    assert len({affiliations.key(text) for text in spellings}) == 1
    assert affiliations.key(spellings[0])


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_stay_two(one: str, other: str) -> None:
    assert affiliations.key(one) != affiliations.key(other)


@pytest.mark.parametrize("text", ["The", "Inc", "The Company", "GmbH", "e.V.", "The The", "Co"])
def test_something_always_remains(text: str) -> None:
    assert affiliations.key(text)


@pytest.mark.parametrize("text", ["", " ", "---", "?!", "…"])
def test_what_holds_no_letter_is_none(text: str) -> None:
    assert affiliations.key(text) == ""
    assert affiliations.together({text: 4}, {}) == {}


@given(st.text(max_size=limits.AFFILIATION_MAX))
def test_any_text_has_a_key_that_fits_and_is_its_own(text: str) -> None:
    key = affiliations.key(text)
    assert len(key) <= limits.AFFILIATION_KEY_MAX
    assert not any(char.isspace() for char in key)
    assert affiliations.key(f"  {text}\t") == key


def test_a_group_is_called_as_most_people_call_it() -> None:
    spellings = {"MOZILLA": 2, "Mozilla": 3, "Mozilla, Inc.": 2, "KDE": 1}
    assert affiliations.together(spellings, {}) == {"Mozilla": 7, "KDE": 1}
    assert affiliations.together({"KDE e.V.": 1, "KDE": 1}, {}) == {"KDE": 2}


def test_what_the_organizer_merged_is_called_as_they_said_and_follows_on() -> None:
    spellings = {"MIT": 5, "M.I.T.": 1, "Massachusetts Institute of Technology": 2, "Media Lab": 3}
    name = "Massachusetts Institute of Technology (MIT)"
    institute = affiliations.key("Massachusetts Institute of Technology")
    merges = {
        "mit": (affiliations.key(name), name),
        institute: (affiliations.key(name), name),
        "medialab": ("mit", "MIT"),
    }
    assert affiliations.together(spellings, merges) == {name: 11}
    assert affiliations.together(spellings, {"medialab": ("mit", "MIT")}) == {
        "MIT": 9,
        "Massachusetts Institute of Technology": 2,
    }


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.integers(1, 50), max_size=12))
def test_nobody_is_counted_twice_or_lost(spellings: dict[str, int]) -> None:
    found = affiliations.together(spellings, {})
    assert sum(found.values()) == sum(n for text, n in spellings.items() if affiliations.key(text))
    assert set(found) <= set(spellings)
