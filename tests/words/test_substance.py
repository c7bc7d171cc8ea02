"""What in a change asks for a second person: found by kind, in any script, and slips let through."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from letters import limits
from letters.differences import Words
from letters.substance.findings import Finding, Kind, find
from letters.substance.lists import LISTS, fold
from letters.substance.slips import distance

DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩०१२३五七½²"
SECONDS: float = 10
"""Of processor time, on a machine that does other things too."""


def found(old: str, new: str, language: str = "en") -> list[Finding]:
    """Compare two bodies under the same title."""
    return list(find(old=Words("T", "A", old), new=Words("T", "A", new), language=language))


def kinds(old: str, new: str, language: str = "en") -> list[str]:
    return [one.kind.value for one in found(old, new, language)]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "keep the trian running", "keep the train running"),
        ("en", "people board a train at night", "people board the train at night"),
        ("en", "it is, after all, their future", "it is after all their future."),
        ("en", "we saw teh station", "we saw the station"),
        ("en", "they go to gether by rail", "they go together by rail"),
        ("en", "a sentance that is publised", "a sentence that is published"),
        ("en", "the railway and its people", "the railway and it's people"),
        ("fr", "la liberte de circuler", "la liberté de circuler"),
        ("fr", "les chemin de fer", "des chemin de fer"),
        ("ar", "نحب القطار الليلي", "نحبّ القطار الليلي"),
        ("de", "wir fahren gemeinsm weiter", "wir fahren gemeinsam weiter"),
    ],
)
def test_a_slip_is_no_finding(language: str, old: str, new: str) -> None:
    assert found(old, new, language) == []


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "for 500 trains", "for 5,000 trains"),
        ("en", "for 1,200 trains", "for 1.200 trains"),
        ("en", "at most 5 % of all", "at most 5 of all"),
        ("en", "for € 20", "for $ 20"),
        ("en", "two trains", "ten trains"),
        ("en", "before October", "before March"),
        ("en", "for twenty-one trains", "for twenty-four trains"),
        ("fr", "trois trains", "quatre trains"),
        ("fr", "avant le 3 février", "avant le 4 février"),
        ("ar", "قبل ١٢ أيلول", "قبل ١٣ أيلول"),
        ("ar", "ثلاثة قطارات", "أربعة قطارات"),
        ("ar", "والثلث لنا", "والنصف لنا"),
        ("ja", "三本の列車", "五本の列車"),
    ],
)
def test_a_number_is_found(language: str, old: str, new: str) -> None:
    assert "number" in kinds(old, new, language)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "we do want this", "we do not want this"),
        ("en", "you can go", "you can’t go"),
        ("en", "you can go", "you can't go"),
        ("en", "with trains", "without trains"),
        ("fr", "ce train est rapide", "ce train n’est pas rapide"),
        ("fr", "avec les trains", "sans les trains"),
        ("ar", "نحب ذلك", "لا نحب ذلك"),
        ("ar", "نحب ذلك", "ولا نحب ذلك"),
        ("de", "wir haben eine Bahn", "wir haben keine Bahn"),
        ("es", "lo queremos así", "no lo queremos así"),
        ("it", "lo vogliamo", "non lo vogliamo"),
        ("pt-br", "queremos isso", "não queremos isso"),
        ("nl", "wij willen dit", "wij willen dit niet"),
    ],
)
def test_a_negation_is_found_whether_it_came_or_went(language: str, old: str, new: str) -> None:
    assert "negation" in kinds(old, new, language)
    assert "negation" in kinds(new, old, language)


def test_a_negation_that_changed_its_place_is_found() -> None:
    assert "negation" in kinds("We do not want one but want two.", "We do want one but not want two.")


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "we asked Mark to go", "we asked Marc to go"),
        ("en", "Ivanov spoke.", "Ivanow spoke."),
        ("en", "so says Siemens", "so says the firm"),
        ("ru", "мы просим Иванова", "мы просим Петрова"),
        ("el", "λέει η Μαρία", "λέει η Μαρίνα"),
    ],
)
def test_a_name_is_found(language: str, old: str, new: str) -> None:
    assert "name" in kinds(old, new, language)


def test_a_word_that_begins_a_sentence_is_no_name_where_it_stands_without_a_capital_too() -> None:
    text = "These trains run. Passengers and trains: trains, passengers."
    assert kinds("Trainz run. The trains stop not.", "Trains run. The trains stop not.")[0] == "name"
    assert kinds(text.replace("Passengers", "passengers"), text) == []


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "ministers should act", "ministers must act"),
        ("en", "we ask you to go on", "we demand you to go on"),
        ("fr", "les trains peuvent rouler", "les trains doivent rouler"),
        ("ar", "نطلب ذلك", "نطالب بذلك"),
        ("ar", "يمكن ذلك", "يجب ذلك"),
        ("de", "das soll gehen", "das muss gehen"),
    ],
)
def test_a_demand_is_found(language: str, old: str, new: str) -> None:
    assert "demand" in kinds(old, new, language)


def test_anything_in_the_title_and_the_addressees_is_found() -> None:
    old = Words("Keep trains", "The ministers", "Text")
    assert find(old=old, new=old._replace(title="Keep trains."), language="en") == (
        Finding(Kind.TITLE, "Keep trains", "Keep trains."),
    )
    one = find(old=old, new=old._replace(addressees="The minister"), language="en")
    assert [found.kind for found in one] == [Kind.ADDRESSEES]


def test_another_word_is_found_and_so_is_one_that_came_or_went() -> None:
    assert found("every evening here", "every night here") == [Finding(Kind.WORD, "evening", "night")]
    assert kinds("a possible way", "an impossible way") == ["word"]
    assert kinds("we go of it", "we go on it") == ["word"]
    assert kinds("safe trains", "partly safe trains") == ["word"]
    assert kinds("Old words stay.", "Old words stay.\n\nHere is another.")[-1] == "word"


def test_another_address_behind_a_link_is_found() -> None:
    assert kinds("see [it](https://one.example/a).", "see [it](https://one.example/b).") == ["link"]


def test_a_language_without_lists_has_every_changed_word_found_and_no_changed_stop() -> None:
    assert kinds("juna kulkee yolla", "juna kulkee yöllä", "fi") == ["unlisted"]
    assert kinds("juna, kulkee", "juna kulkee.", "fi") == []


def test_each_place_is_told_once() -> None:
    old = "The trains are safe here.\n\nThe trains are safe here."
    assert len(found(old, old.replace("safe", "cheap"))) == 1


@given(st.text(max_size=80), st.sampled_from(DIGITS), st.sampled_from(DIGITS), st.text(max_size=80))
def test_a_changed_digit_is_always_found(before: str, one: str, other: str, after: str) -> None:
    assume(one != other)
    old, new = (f"{before}{digit}{after}" for digit in (one, other))
    assert any(kind in {"number", "link"} for kind in kinds(old, new))
    assert found(old, new, "xx")


@given(st.text(max_size=120), st.text(max_size=120))
def test_the_same_words_hold_nothing_and_other_letters_something(old: str, new: str) -> None:
    assert found(old, old) == []
    if found(old, new) == []:
        bare = [fold("".join(filter(str.isalnum, side))) for side in (old, new)]
        assert distance(*bare) <= 2 * max(1, len(old.split()) + len(new.split()))


def test_the_lists_are_folded_and_none_is_empty() -> None:
    for known in LISTS.values():
        for words in known[:4]:
            assert words
            assert all(fold(word) == word for word in words)


def test_letters_that_came_went_changed_or_changed_places_are_counted() -> None:
    assert [distance("abc", other) for other in ("abc", "abcd", "ab", "axc", "acb", "xyz")] == [
        0,
        1,
        1,
        1,
        1,
        3,
    ]


def test_the_longest_texts_are_read_in_time() -> None:
    old = " ".join(f"word{at}" for at in range(limits.BODY_MAX // 10))
    begun = time.process_time()
    assert found(old, " ".join(reversed(old.split())))
    assert found("a" * limits.BODY_MAX, "b" + "a" * limits.BODY_MAX)
    assert time.process_time() - begun < SECONDS
