"""Sentences of the API, shown to people."""

from __future__ import annotations

from letters.templatetags.codes import codes


def test_what_stands_between_backticks_is_code_and_nothing_else_is_markup() -> None:
    assert codes("`errors` names <each>.") == '<code dir="ltr">errors</code> names &lt;each&gt;.'
    assert codes("`<b>`") == '<code dir="ltr">&lt;b&gt;</code>'
    assert codes("one ` alone") == "one ` alone"
