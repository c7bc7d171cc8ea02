"""Names are found as people type them, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import folding


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ada Lovelace", "ada"), ("Ada Lovelace", "LOVE"), ("Ada Lovelace", "lovelace ada"),
        ("Zoë Brontë", "zoe bronte"), ("Søren Kierkegård", "soren kierkegard"), ("Łukasz Żak", "lukasz zak"),
        ("José-María O’Neill", "maria"), ("Strauß", "strauss"), ("Þóra Guðmundsdóttir", "thora gudm"),
        ("Ольга Сергеевна", "серг"), ("Νίκος Παπαδόπουλος", "παπαδοπ"), ("نورة العتيبي", "العت"),
        ("王小明", "小明"), ("王小明", "王"), ("김철수", "철수"), ("ﾀﾅｶ 太郎", "タナカ"),
        ("Ilknur Işık", "isik"), ("İbrahim", "ibrahim"), ("देवनागरी", "देव"), ("Ａｄａ", "ada"),
    ],
)  # fmt: skip
def test_a_name_is_found(name: str, typed: str) -> None:
    assert all(part in folding.fold(name) for part in folding.sought(typed))
    assert folding.sought(typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Ada Lovelace", "lace"), ("Ada Lovelace", "ada x"), ("Ben", "bennett")],
)
def test_only_beginnings_of_words_are_found(name: str, typed: str) -> None:
    assert not all(part in folding.fold(name) for part in folding.sought(typed))


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "%_\\", "--", "’"])
def test_what_has_no_letters_looks_for_nothing(typed: str) -> None:
    assert folding.sought(typed) == []


@given(st.text(max_size=60))
def test_folding_is_done_once_and_holds_no_sign_that_a_pattern_knows(text: str) -> None:
    folded = folding.fold(text)
    assert not set(folded) & set("%_\\")
    assert folding.fold(folded) == folded
    assert folded == "" or (folded.startswith(" ") and "  " not in folded)
