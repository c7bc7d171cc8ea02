"""Markdown to safe HTML."""

from __future__ import annotations

import re

import pytest

from letters import prose

HOSTILE = [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)",
    '<img src=x onerror="alert(1)">', "[x](data:text/html,hi)", "<iframe src=//evil.example></iframe>",
    '[x](https://a.example "onmouseover=alert(1)")', "```\n<script>\n```", "<https://a.example/\"onclick=1>",
]  # fmt: skip


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_hostile_comes_through(markdown: str) -> None:
    tags = re.findall(r"<(\w+)([^>]*)>", prose.html(markdown).lower())
    assert {name for name, _ in tags} <= prose.TAGS
    for _, attributes in tags:
        assert re.fullmatch(r'( href="https://[^"]*" rel="noopener nofollow")?', attributes)


def test_what_a_letter_needs_comes_through() -> None:
    html = prose.html("# Demands\n\n1. *First*\n2. **Second**\n\n> quote\n\n[link](https://example.org/)")
    assert html.startswith("<h2>Demands</h2>")
    assert '<a href="https://example.org/" rel="noopener nofollow">link</a>' in html
    assert "<ol>" in html


def test_what_is_hashed_is_words_not_line_ends_or_composition() -> None:
    def hashed(body: str) -> bytes:
        return prose.content(addressees="A", body=body, language="en", title="T", version=1)

    assert hashed("Zoë\nsays") == hashed("Zoe\u0308\r\nsays")
    assert hashed("Zoë says") != hashed("Zoë  says")


def test_what_is_hashed_is_specified() -> None:
    raw = b'{"addressees":"A","body":"B","lang":"en","title":"T","version":1}'
    written = prose.content(addressees="A", body="B", language="en", title="T", version=1)
    assert written == raw


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (700, 3)])
def test_reading_minutes(words: int, minutes: int) -> None:
    assert prose.reading_minutes("word " * words) == minutes


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One\ntwo  \nthree", "One\ntwo\nthree"),
        ("## Why\n\n**Because** *so*.", "Why\n\nBecause so."),
        ("- one\n- two\n  - three\n\nEnd", "- one\n- two\n  - three\n\nEnd"),
        ("3. three\n4. four\n\n   again", "3. three\n4. four\n   again"),
        ("> one\n>\n> two", "> one\n> \n> two"),
        ("<https://a.example/> and [b](https://b.example/)", "https://a.example/ and b (https://b.example/)"),
        ("<script>x</script> & \\*", "<script>x</script> & *"),
        ("", ""),
    ],
)
def test_words_read_without_their_markup(markdown: str, expected: str) -> None:
    assert prose.plain(markdown) == expected
