"""What changed between two texts: right in every word, readable, and in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import limits
from letters.differences import Differences, Mark, Paragraph, Words, between

LETTER = "Dear Ministers,\n\nEvery evening people board a train and wake up elsewhere.\n\nWith respect,"
SECONDS: float = 10
"""Of processor time, on a machine that does other things too."""


def compared(old: str, new: str) -> Differences:
    """Compare two bodies under the same title."""
    return between(Words("T", "A", old), Words("T", "A", new))


def marked(paragraph: Paragraph) -> str:
    """Write a paragraph with [-old-] and {+new+}."""
    signs = {Mark.SAME: "{}", Mark.OLD: "[-{}-]", Mark.NEW: "{{+{}+}}"}
    return "".join(signs[run.mark].format(run.words) for run in paragraph)


def written(found: Differences) -> list[str]:
    """Write what changed; what did not is counted."""
    lines: list[str] = []
    for passage in found.body:
        lines += map(marked, passage.paragraphs) if passage.changed else [f"={len(passage.paragraphs)}"]
    return lines


def side(found: Differences, without: Mark) -> list[str]:
    """Return the words of one of the two texts."""
    runs = (run for passage in found.body for part in passage.paragraphs for run in (*part, None))
    return "".join(
        "\n" if run is None else run.words for run in runs if not run or run.mark != without
    ).split()


def test_a_word_that_changed_is_marked_and_the_rest_is_folded() -> None:
    found = compared(LETTER, LETTER.replace("evening", "night"))
    assert written(found) == [
        "=1",
        "Every [-evening-] {+night+} people board a train and wake up elsewhere.",
        "=1",
    ]


def test_words_that_came_and_went() -> None:
    found = compared("We ask you to act at once.", "We ask you, again, to act.")
    assert written(found) == ["We ask you{+, again,+} to act[- at once-]."]


def test_title_and_addressees_are_compared_too() -> None:
    found = between(
        Words("Keep the trains", "The ministers", "B"), Words("Keep the night trains", "The ministers", "B")
    )
    assert marked(found.title) == "Keep the {+night+} trains"
    assert (found.title_changed, found.addressees_changed, found.any) == (True, False, True)


def test_a_new_paragraph_before_a_changed_one_does_not_take_its_place() -> None:
    new = LETTER.replace("Every evening", "It is late.\n\nEvery single evening")
    assert written(compared(LETTER, new)) == [
        "=1",
        "{+It is late.+}",
        "Every {+single+} evening people board a train and wake up elsewhere.",
        "=1",
    ]


def test_a_paragraph_that_was_taken_out() -> None:
    gone = "Every evening people board a train and wake up elsewhere."
    assert written(compared(LETTER, LETTER.replace(f"{gone}\n\n", ""))) == ["=1", f"[-{gone}-]", "=1"]


def test_paragraphs_that_share_nothing_are_not_mixed() -> None:
    assert written(compared("One two three.", "Four five six seven.")) == [
        "[-One two three.-]",
        "{+Four five six seven.+}",
    ]


def test_spaces_and_line_breaks_are_no_change() -> None:
    found = compared(LETTER, LETTER.replace(" people", "\npeople").replace("\n\n", "\n \n\n"))
    assert (found.any, written(found)) == (False, ["=3"])


def test_items_of_a_list_keep_their_lines() -> None:
    found = compared("We ask:\n- peace\n- bread", "We ask\nyou:\n- peace\n- roses")
    assert written(found) == ["We ask {+you+}:\n- peace\n- [-bread-]{+roses+}"]


def test_where_no_spaces_are_written_signs_are_compared() -> None:
    found = compared("我们要求夜车继续运行。", "我们要求所有夜车继续运行。")
    assert written(found) == ["我们要求{+所有+}夜车继续运行。"]


@pytest.mark.parametrize("word", ["1,200", "वर्तनी", "l’Union", "e.V", "שָׁלוֹם"])
def test_a_word_is_not_cut(word: str) -> None:
    assert written(compared(f"We are many here {word} now", "We are many here ten now")) == [
        f"We are many here [-{word}-] {{+ten+}} now"
    ]


TEXTS = st.text(alphabet="ab,.\n 一二", max_size=60)


@given(old=TEXTS, new=TEXTS)
def test_either_text_can_be_read_from_what_is_shown(old: str, new: str) -> None:
    found = compared(old, new)
    assert "".join(side(found, Mark.OLD)) == "".join(new.split())
    assert "".join(side(found, Mark.NEW)) == "".join(old.split())
    assert found.any == (old.split() != new.split()) or "".join(old.split()) == "".join(new.split())


SIGNS = [chr(0x1000 + number) for number in range(20_000)]


def spread(form: str, many: int, *, between: str = " ") -> str:
    """Write something with so many signs, no two alike."""
    return between.join(form.format(sign) for sign in SIGNS[:many])


HOSTILE = {
    "one letter": ("a " * 30_000, "b " + "a " * 29_999),
    "two letters": ("a b " * 15_000, "b a c " * 10_000),
    "tiny paragraphs": ("a\n\n" * 20_000, "a\n\nb\n\n" * 10_000),
    "other words between": (spread("{} x", 15_000), spread("{} y", 15_000)),
    "words that differ in turns": (spread("{0} x{0}", 1300), spread("{0} y{0}", 1300)),
    "paragraphs alike": (
        spread("{} a b c d e f", 3500, between="\n\n"), spread("a b c d e f {}", 3500, between="\n\n")
    ),
    "stops": ("." * 60_000, "a." * 30_000),
    "lines": ("\n \n" * 20_000, "\n- \n" * 15_000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_the_longest_texts_are_compared_in_bounded_time(name: str) -> None:
    old, new = (text[: limits.BODY_MAX] for text in HOSTILE[name])
    began = time.process_time()
    compared(old, new)
    assert time.process_time() - began < SECONDS
