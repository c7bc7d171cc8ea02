"""The picture itself: what is on it, where, and in which letters."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from letters import cards
from letters.cards import drawing, faces, wrapping
from letters.cards.drawing import Words
from letters.cards.wrapping import Style

WORDS = Words("Keep the night trains", "The ministers", "To", "Night Rail Alliance", "en")
TITLES = {
    "la": "Keep the night trains running",
    "pl": "Zażółć gęślą jaźń, łąka, śnieg",
    "vi": "Hãy giữ lại những chuyến tàu đêm",
    "el": "Σώστε τα νυχτερινά τρένα",
    "ru": "Сохраните ночные поезда",
    "kk": "Түнгі пойыздарды сақтаңыз, әрқашан",
    "ar": "أنقذوا قطارات الليل في أوروبا",
    "he": "הצילו את רכבות הלילה",
}
PARTS = {"title": 230, "letterhead": 60}
"""Where each begins, in pixels from the top."""


@pytest.fixture(params=["with libfribidi", "without it"])
def shaping(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Pillow as it is where it finds the library, and where it does not."""
    if request.param == "without it":
        monkeypatch.setattr(faces, "can_shape", lambda: False)
    elif not faces.can_shape():
        pytest.skip("no libfribidi here")
    return request.param


@pytest.fixture
def _no_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without fonts of its own."""
    monkeypatch.setattr(faces, "MACHINE", ())
    for kept in (faces._files, faces._on_the_machine):
        kept.cache_clear()
    yield
    monkeypatch.undo()
    for kept in (faces._files, faces._on_the_machine):
        kept.cache_clear()


def picture(words: Words) -> Image.Image:
    drawn = drawing.draw(words)
    assert drawn is not None
    image = Image.open(io.BytesIO(drawn))
    assert (image.format, image.size) == ("PNG", (cards.WIDTH, cards.HEIGHT))
    return image


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Return where something dark stands within a part of the sheet."""
    return image.crop(box).convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()


def title_of(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ink(image, (50, PARTS["title"], cards.WIDTH - 50, cards.HEIGHT - 50))


@pytest.mark.usefixtures("shaping", "_no_machine")
@pytest.mark.parametrize("language", TITLES)
def test_a_title_is_written_whole_in_our_own_fonts(language: str) -> None:
    title = TITLES[language]
    image = picture(replace(WORDS, title=title, language=language))
    assert faces.drawable(title, bold=True, language=language) == title
    assert title_of(image)
    assert image.tobytes() != picture(replace(WORDS, title="")).tobytes()


@pytest.mark.usefixtures("shaping")
@pytest.mark.parametrize(
    ("language", "starts_right"), [("la", False), ("ru", False), ("ar", True), ("he", True)]
)
def test_a_title_begins_where_its_writing_begins(language: str, starts_right: bool) -> None:
    place = title_of(picture(replace(WORDS, title=TITLES[language].split()[0], language=language)))
    assert place
    left, right = place[0] + 50, cards.WIDTH - (place[2] + 50)
    assert (right < left) == starts_right
    assert min(left, right) in range(drawing.INSET - 8, drawing.INSET + 16)


def test_arabic_letters_are_joined_and_not_a_row_of_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms that join are narrower than the same letters apart."""
    style = Style(60, bold=True, rtl=True, language="ar")
    apart = sum(wrapping.width(letter, style) for letter in "قطارات")
    assert wrapping.width("قطارات", style) < apart * 0.9
    shaped = wrapping.width("قطارات", style)
    monkeypatch.setattr(faces, "can_shape", lambda: False)
    assert wrapping.width("قطارات", style) == pytest.approx(shaped, rel=0.05)


@pytest.mark.usefixtures("_no_machine")
def test_what_no_font_can_write_is_left_out_whole() -> None:
    japanese = replace(WORDS, title="夜行列車を守ろう", language="ja")
    assert title_of(picture(japanese))  # the addressees stand in its place
    assert picture(japanese).tobytes() == picture(replace(WORDS, title="", language="ja")).tobytes()
    nothing = Words("夜行列車", "国土交通大臣", "", "同盟", "ja")
    assert drawing.draw(nothing) is None
    signs = replace(WORDS, title="Keep the night trains 夜")
    assert picture(signs).tobytes() == picture(replace(WORDS, title="")).tobytes()


@pytest.mark.usefixtures("_no_machine")
def test_signs_without_a_font_are_left_out_of_the_words() -> None:
    with_signs = replace(WORDS, title="Keep \N{STEAM LOCOMOTIVE}\ufe0f the night\N{CRESCENT MOON} trains")
    assert picture(with_signs).tobytes() == picture(WORDS).tobytes()


@pytest.mark.parametrize(
    "title",
    [
        "W" * 160, "i" * 160, "Ж" * 160, "ﷺ" * 160, "a " * 80, "\u202e" + "a" * 40, "a" + "\u0301" * 150,
        "<script>" * 20, "\u200d" * 160, "-" * 160, "… " * 80, "\U000e0041" * 100, "م" * 160, "x\u0000y",
        "Ab אב " * 26, "\ufffd" * 9,
    ],
)  # fmt: skip
def test_a_hostile_title_stays_on_the_sheet(title: str) -> None:
    image = picture(replace(WORDS, title=title))
    edges = [
        (0, 0, drawing.INSET - 24, cards.HEIGHT),
        (cards.WIDTH - drawing.INSET + 24, 0, cards.WIDTH, cards.HEIGHT),
        (0, cards.HEIGHT - drawing.EDGE - 4, cards.WIDTH, cards.HEIGHT),
    ]
    assert [ink(image, edge) for edge in edges] == [None, None, None]


def test_the_longest_words_end_in_an_ellipsis_and_four_lines() -> None:
    style = Style(88, bold=True, rtl=False, language="en")
    block = wrapping.fit("W" * 160, style=style, least=46, room=(900, 300), most=4)
    assert len(block.lines) == 4
    assert block.lines[-1].endswith("…")
    assert all(wrapping.width(line, block.style) <= 900 for line in block.lines)


def test_an_ordinary_title_is_large_and_its_lines_are_even() -> None:
    style = Style(88, bold=True, rtl=False, language="en")
    title = "Let us look inside: a letter on openness in AI"
    block = wrapping.fit(title, style=style, least=46, room=(968, 300), most=4)
    assert " ".join(block.lines) == title
    assert len(block.lines) == 2
    assert block.style.size > 70


def test_lines_of_japanese_do_not_begin_with_a_full_stop() -> None:
    assert wrapping._units("夜行。列（車）") == ["夜", "行。", "列", "（車）"]


def test_the_same_words_are_the_same_bytes() -> None:
    assert drawing.draw(WORDS) == drawing.draw(WORDS)


def test_the_picture_is_small_enough_to_send() -> None:
    assert len(drawing.draw(replace(WORDS, title="Keep the night trains running " * 5)) or b"") < 120_000
