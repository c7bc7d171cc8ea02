"""What is no note, no key and no checkpoint, by its form alone."""

from __future__ import annotations

import pytest

from letters.ledger import merkle, notes
from letters.ledger.notes import BadNote, Verifier
from tests.ledger.test_notes import BODY, KEY, NAME, NOTE, PETER, PETER_KEY, SOFA, TEXT, VKEY

ROOT = SOFA.split("\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}{PETER}",
        f"\n{PETER}",
        f"{TEXT}\n{PETER}\n",
        f"{TEXT}\n{PETER}{PETER}\n",
        f"{TEXT}\n\n{PETER}",
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", ""),
        NOTE.replace("— ", "—"),
        NOTE.replace("— ", "—  "),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("problem,", "problem,\t"),
        NOTE.replace("problem,", "problem,\ud800"),
        NOTE.replace("nAM=", "nAN="),  # the same bytes, spelt otherwise
        NOTE.replace("nAM=", "nAM"),
        NOTE.replace("nAM=", "nAM=="),
        NOTE[:-1] + " \n",
        NOTE + "— other/key\n",
        NOTE + "— other/key \n",
        NOTE + "— other/key x08g\n",  # fewer than five bytes
        NOTE + "— other+key x08gow==\n",
        NOTE + "— other\u2003key x08gozAw\n",
        NOTE + "anything else\n",
        NOTE + PETER * notes.MOST_SIGNATURES,
    ],
)
def test_what_is_no_note_does_not_open(text: str) -> None:
    with pytest.raises(BadNote):
        notes.open_note(text=text, vkeys=[PETER_KEY])


def test_signatures_of_strangers_are_passed_over() -> None:
    for line in ("— other/key x08gozAw\n", "— PeterNeumann x08gpTAw\n", "— 他/key x08gozAw\n"):
        assert notes.open_note(text=NOTE + line, vkeys=[PETER_KEY]) == TEXT
        assert notes.open_note(text=f"{TEXT}\n{line}{PETER}", vkeys=[PETER_KEY]) == TEXT
    assert notes.open_note(text=NOTE + PETER * (notes.MOST_SIGNATURES - 1), vkeys=[PETER_KEY]) == TEXT


def test_a_text_may_hold_empty_lines() -> None:
    body = "one\n\n\ntwo\n\n"
    whole = notes.note(body=body, signatures=[notes.sign(body=body, name=NAME, key=KEY)])
    assert notes.open_note(text=whole, vkeys=[VKEY]) == body


@pytest.mark.parametrize("body", ["", "no newline", "a\x00b\n", "tab\t\n", "\ud800\n"])
def test_what_is_no_text_is_not_signed(body: str) -> None:
    with pytest.raises(BadNote):
        notes.sign(body=body, name=NAME, key=KEY)


@pytest.mark.parametrize("lines", [[], [""], [PETER[:-1]], ["\n"], [PETER, "\n"], [f"\n{PETER}"]])
def test_what_is_no_signature_makes_no_note(lines: list[str]) -> None:
    with pytest.raises(BadNote):
        notes.note(body=BODY, signatures=lines)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\tb", "a\x00b", "\ud800"])
def test_names_that_a_signature_line_cannot_carry_are_refused(name: str) -> None:
    with pytest.raises(BadNote):
        Verifier(name, bytes(32))
    with pytest.raises(BadNote):
        notes.sign(body=BODY, name=name, key=KEY)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_keys_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(BadNote):
        notes.private_key(bytes(length))
    with pytest.raises(BadNote):
        Verifier(NAME, bytes(length))


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        PETER_KEY.replace("c74f20a3", "C74F20A3"),
        PETER_KEY.replace("c74f20a3", "c74f20a4"),
        PETER_KEY.replace("c74f20a3", "c74f20a30"),
        PETER_KEY.replace("PeterNeumann", "PeterNewmann"),
        PETER_KEY.replace("PeterNeumann", ""),
        PETER_KEY.replace("PeterNeumann", "Peter Neumann"),
        PETER_KEY.replace("+AR", "+AS"),  # another key
        PETER_KEY.replace("+AR", "+BR"),  # another algorithm
        PETER_KEY + "AAAA",
        PETER_KEY[:-4],
        PETER_KEY + "\n",
        PETER_KEY + " ",
    ],
)
def test_what_is_no_key_is_not_read(vkey: str) -> None:
    with pytest.raises(BadNote):
        notes.parse_vkey(vkey)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n\n\n",
        SOFA[:-1],
        SOFA + "extension\n",
        SOFA + "\n",
        SOFA.replace("example.com/behind-the-sofa", ""),
        SOFA.replace("sofa", "so\x00fa"),
        SOFA.replace("20852163", "020852163"),
        SOFA.replace("20852163", "-1"),
        SOFA.replace("20852163", "+1"),
        SOFA.replace("20852163", "1_000"),
        SOFA.replace("20852163", " 1"),
        SOFA.replace("20852163", ""),
        SOFA.replace("20852163", "٣"),
        SOFA.replace("20852163", str(2**53)),
        SOFA.replace("20852163", "1" * 5000),
        SOFA.replace(ROOT, ""),
        SOFA.replace(ROOT, ROOT[:-1]),
        SOFA.replace(ROOT, ROOT[:-2] + "J="),  # the same bytes, spelt otherwise
        SOFA.replace(ROOT, ROOT[:-4]),
        SOFA.replace("\n", "\r\n"),
    ],
)
def test_what_is_no_checkpoint_is_not_read(body: str) -> None:
    with pytest.raises(BadNote):
        notes.parse_checkpoint(body)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, merkle.EMPTY), ("a\nb", 1, merkle.EMPTY), ("a", -1, merkle.EMPTY), ("a", 1, b"short")],
)
def test_what_a_checkpoint_cannot_say_is_not_written(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(BadNote):
        notes.checkpoint(origin=origin, size=size, root=root)


def test_sizes_from_nothing_to_the_most() -> None:
    for size in (0, 1, 10, 2**53 - 1):
        assert notes.parse_checkpoint(notes.checkpoint(origin=NAME, size=size, root=bytes(32))).size == size
