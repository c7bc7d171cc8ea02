"""Leaves: what each says, in exactly one spelling."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.enums import Method, RemovalReason, SignatureKind
from letters.ledger import forms, leaves
from letters.ledger.forms import BadLeaf
from tests.ledger import CALM
from tests.ledger.leaf_cases import ANY_LEAF, AT, COMMITMENT, DIGEST, LETTER, WRITTEN, typed


@pytest.mark.parametrize("type_", WRITTEN)
def test_each_type_is_written_as_the_specification_says(type_: str) -> None:
    built, written = WRITTEN[type_]
    assert built.decode() == written
    assert typed(leaves.parse(built)) == typed(json.loads(written))


def test_no_type_is_forgotten() -> None:
    assert set(WRITTEN) == set(leaves.FORMS)


def test_the_words_are_those_that_the_site_stores() -> None:
    assert set(SignatureKind.values) == forms.KINDS
    assert set(Method.values) == forms.METHODS
    assert set(RemovalReason.values) == forms.REASONS


@CALM
@given(ANY_LEAF)
def test_what_is_built_is_read_and_written_alike(data: bytes) -> None:
    leaf = leaves.parse(data)
    assert leaves.serialise(leaf) == data
    assert typed(leaves.parse(leaves.serialise(leaf))) == typed(leaf)
    assert data.isascii()
    assert b" " not in json.dumps({**leaf, "why": ""}, separators=(",", ":")).encode()
    assert list(leaf) == sorted(leaf)


@CALM
@given(ANY_LEAF, st.data())
def test_another_byte_is_never_another_spelling_of_the_same_leaf(data: bytes, draw: st.DataObject) -> None:
    """A changed byte is refused, or says something else that is itself in canonical form."""
    at = draw.draw(st.integers(0, len(data) - 1))
    changed = data[:at] + bytes([data[at] ^ 1 << draw.draw(st.integers(0, 7))]) + data[at + 1 :]
    try:
        leaf = leaves.parse(changed)
    except BadLeaf:
        return
    assert leaf != leaves.parse(data)
    assert leaves.serialise(leaf) == changed


@CALM
@given(ANY_LEAF, st.data())
def test_a_byte_more_or_less_is_never_another_spelling(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    for changed in (
        data[:at] + draw.draw(st.binary(min_size=1, max_size=2)) + data[at:],
        data[:at] + data[at + 1 :],
    ):
        try:
            leaf = leaves.parse(changed)
        except BadLeaf:
            continue
        assert changed == data or leaf != leaves.parse(data)


@CALM
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(BadLeaf):
        leaves.parse(data)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@CALM
@given(ANY_LEAF, JSON, st.data())
def test_any_other_value_is_refused_or_of_the_same_form(data: bytes, value: Any, draw: st.DataObject) -> None:
    leaf = leaves.parse(data)
    key = draw.draw(st.sampled_from(sorted(leaf)))
    changed = json.dumps({**leaf, key: value}, sort_keys=True, separators=(",", ":")).encode()
    try:
        found = leaves.parse(changed)
    except BadLeaf:
        return
    assert type(found[key]) is type(leaf[key])


def test_a_moment_is_written_in_utc_and_whole_seconds() -> None:
    tokyo = datetime(2026, 11, 23, 11, tzinfo=timezone(timedelta(hours=9)))
    assert leaves.close(at=tokyo) == leaves.close(at=AT)
    assert leaves.parse(leaves.close(at=datetime(1, 2, 3, tzinfo=UTC)))["at"] == "0001-02-03T00:00:00Z"
    for at in (AT.replace(microsecond=1), AT.replace(tzinfo=None)):
        with pytest.raises(BadLeaf):
            leaves.close(at=at)


def test_the_count_of_a_tally_is_what_remains() -> None:
    assert leaves.parse(leaves.tally(at=AT, signed=5, withdrawn=1, removed=1, lost=1))["count"] == 2
    with pytest.raises(BadLeaf):
        leaves.tally(at=AT, signed=2, withdrawn=1, removed=1, lost=1)


@pytest.mark.parametrize(
    "build",
    [
        lambda: leaves.opened(letter=LETTER[:-1], rules=DIGEST, at=AT),
        lambda: leaves.opened(letter=LETTER, rules=DIGEST.upper(), at=AT),
        lambda: leaves.text(number=0, language="en", digest=DIGEST),
        lambda: leaves.text(number=1, language="Ünglish", digest=DIGEST),
        lambda: leaves.sign(commitment=b"short", kind="person", language="en", method="email", text=1),
        lambda: leaves.sign(commitment=COMMITMENT, kind="cat", language="en", method="email", text=1),
        lambda: leaves.method(index=-1, method="email"),
        lambda: leaves.method(index=True, method="email"),
        lambda: leaves.method(index=2**53, method="email"),
        lambda: leaves.remove(indexes=[], reason="flood"),
        lambda: leaves.remove(indexes=[9, 5], reason="flood"),
        lambda: leaves.remove(indexes=[5, 5], reason="flood"),
        lambda: leaves.remove(indexes=range(257), reason="flood"),
        lambda: leaves.remove(indexes=range(2**53 - 256, 2**53), reason="flood"),  # over 4,096 bytes
        lambda: leaves.remove(indexes=[5], reason="whim"),
        lambda: leaves.lost(indexes=[5], why=""),
        lambda: leaves.lost(indexes=[5], why="two\nlines"),
        lambda: leaves.lost(indexes=[5], why=" padded"),
        lambda: leaves.key(vkey="nobody"),
        lambda: leaves.serialise({"t": "withdraw", "v": 1, "i": True}),
        lambda: leaves.serialise({"t": "restore", "v": 1, "i": (5,)}),  # type: ignore[dict-item]
    ],
)
def test_what_no_leaf_may_say_is_not_built(build: Any) -> None:
    with pytest.raises(BadLeaf):
        build()
