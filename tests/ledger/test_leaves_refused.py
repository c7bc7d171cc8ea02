"""Leaves that say what a good one says, but not in its words: all refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.ledger import leaves
from letters.ledger.forms import BadLeaf
from tests.ledger import CALM
from tests.ledger.leaf_cases import ANY_LEAF, DIGEST, VKEY, WRITTEN, C


def compact(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def refused(data: bytes) -> None:
    with pytest.raises(BadLeaf):
        leaves.parse(data)


@CALM
@given(ANY_LEAF, st.randoms())
def test_keys_in_another_order_are_refused(data: bytes, chance: Any) -> None:
    items = list(leaves.parse(data).items())
    chance.shuffle(items)
    if items != sorted(items):
        refused(json.dumps(dict(items), separators=(",", ":")).encode())


@CALM
@given(ANY_LEAF)
def test_spaces_are_refused(data: bytes) -> None:
    leaf = leaves.parse(data)
    for other in (json.dumps(leaf), json.dumps(leaf, indent=1), f" {data.decode()}", f"{data.decode()}\n"):
        refused(other.encode())
    refused(b"\xef\xbb\xbf" + data)


@CALM
@given(ANY_LEAF, st.data())
def test_a_key_said_twice_is_refused(data: bytes, draw: st.DataObject) -> None:
    leaf = leaves.parse(data)
    key = draw.draw(st.sampled_from(sorted(leaf)))
    once = f"{json.dumps(key)}:{json.dumps(leaf[key], separators=(',', ':'))}"
    assert once.encode() in data
    refused(data.replace(once.encode(), f"{once},{once}".encode(), 1))


@CALM
@given(ANY_LEAF, st.data())
def test_a_key_more_or_less_is_refused(data: bytes, draw: st.DataObject) -> None:
    leaf = leaves.parse(data)
    gone = draw.draw(st.sampled_from(sorted(leaf)))
    refused(compact({key: value for key, value in leaf.items() if key != gone}))
    added = draw.draw(st.text(max_size=5).filter(lambda key: key not in leaf))
    refused(compact({**leaf, added: 1}))


@CALM
@given(ANY_LEAF, st.text(max_size=8).filter(lambda word: word not in leaves.FORMS))
def test_an_unknown_type_or_version_is_refused(data: bytes, word: str) -> None:
    leaf = leaves.parse(data)
    refused(compact({**leaf, "t": word}))
    for version in (0, 2, True, 1.0, "1", [1], None):
        refused(compact({**leaf, "v": version}))
    for type_ in leaves.FORMS.keys() - {leaf["t"]}:
        if leaves.FORMS[type_].keys() != leaves.FORMS[str(leaf["t"])].keys():
            refused(compact({**leaf, "t": type_}))


WRONG: dict[str, list[Any]] = {
    "integer": [-1, 2**53, 1.0, 1.5, 1e300, True, None, "1", [1], {}, 10**4000],
    "indexes": [
        [], 5, "5", None, [5, 5], [9, 5], [-1], [2**53], [1.0], [True], ["1"], [[1]], [None],
        list(range(257)),
    ],
    "time": [
        0, "", "2026-11-23", "2026-11-23T02:00:00", "2026-11-23T02:00:00z", "2026-11-23T02:00:00+00:00",
        "2026-11-23 02:00:00Z", "2026-11-23T02:00:00.0Z", "2026-11-23T24:00:00Z", "2026-11-23T02:60:00Z",
        "2026-12-31T23:59:60Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "0000-01-01T00:00:00Z", "2026-1-23T02:00:00Z", "2026-11-23T02:00:00Z\n", "٢026-11-23T02:00:00Z",
    ],
    "digest": [0, "", DIGEST[:-1], DIGEST + "0", DIGEST.upper(), DIGEST[:-1] + "g", DIGEST + "\n"],
    "commitment": [0, "", C[:-1], C + "=", C + "A", C[:-1] + "9", C.replace("_", "/"), C.replace("-", "+")],
    "language": [0, "", "e", "EN", "english", "en_GB", "en-", "en--GB", "en-" + "a" * 9, "en\n",
        "en-aaaaaaaa" + "-aaaaaaaa" * 3],
    "positive": [0, -1, 2**53, 1.0, True, "1", None],
    "letter": [0, "", "a" * 25, "a" * 27, "A" * 26, "1" * 26, "a" * 25 + "\n"],
    "kind": [0, "", "Person", "cat", None, ["person"]],
    "method": [0, "", "Email", "fax", None, {"email": 1}],
    "reason": [0, "", "Flood", "whim", None, []],
    "words": [0, "", "a" * 201, " a", "a ", "tab\t", "é", "\x7f", "\x00", None],
    "vkey": [0, "", VKEY[:-1], VKEY.replace("Peter", "Pieter"), VKEY + "\n", "ä" + VKEY, None],
}  # fmt: skip
FIELDS = {
    ("open", "at"): "time", ("open", "l"): "letter", ("open", "rules"): "digest",
    ("text", "h"): "digest", ("text", "lang"): "language", ("text", "n"): "positive",
    ("sign", "c"): "commitment", ("sign", "k"): "kind", ("sign", "lang"): "language",
    ("sign", "m"): "method", ("sign", "n"): "positive",
    ("method", "i"): "integer", ("method", "m"): "method",
    ("amend", "c"): "commitment", ("amend", "i"): "integer", ("amend", "lang"): "language",
    ("amend", "n"): "positive",
    ("withdraw", "i"): "integer",
    ("remove", "i"): "indexes", ("remove", "r"): "reason", ("restore", "i"): "indexes",
    ("tally", "at"): "time", ("tally", "count"): "integer", ("tally", "lost"): "integer",
    ("tally", "removed"): "integer", ("tally", "signed"): "integer", ("tally", "withdrawn"): "integer",
    ("key", "vkey"): "vkey", ("close", "at"): "time", ("lost", "i"): "indexes", ("lost", "why"): "words",
}  # fmt: skip


def test_no_field_is_forgotten() -> None:
    assert set(FIELDS) == {(type_, name) for type_, known in leaves.FORMS.items() for name in known}


@pytest.mark.parametrize(("type_", "name"), FIELDS)
def test_values_of_another_form_are_refused(type_: str, name: str) -> None:
    good = leaves.parse(WRITTEN[type_][0])
    for value in WRONG[FIELDS[type_, name]]:
        refused(compact({**good, name: value}))
        refused(
            json.dumps(
                {**good, name: value}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
            ).encode()
        )


@pytest.mark.parametrize(
    "change", [{"count": 5}, {"signed": 11}, {"lost": 0}, {"removed": 3}, {"withdrawn": 2}]
)
def test_a_tally_that_contradicts_itself_is_refused(change: dict[str, int]) -> None:
    refused(compact({**leaves.parse(WRITTEN["tally"][0]), **change}))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b"null", b"1", b'"withdraw"', b"NaN",
        b'{"t":"withdraw"}', b'{"t":["withdraw"],"v":1}',
        b'{"i":NaN,"t":"withdraw","v":1}', b'{"i":-0,"t":"withdraw","v":1}',
        b'{"i":1e2,"t":"withdraw","v":1}',
        b'{"i":01,"t":"withdraw","v":1}', b'{"i":1,"t":"withdraw","v":1}{}', b'{"i":1,"t":"withdraw","v":1,}',
        b'{"i":1,"t":"withdra\\u0077","v":1}', b'{"\\u0069":1,"t":"withdraw","v":1}',
        '{"i":1,"t":"withdraw","v":1}'.encode("utf-16"), b"[" * 4096, b'{"i":' * 800, b'{"i":1' + b"0" * 4080,
    ],
)  # fmt: skip
def test_oddities_of_json_are_refused(data: bytes) -> None:
    refused(data)


def test_4096_bytes_fit_and_one_more_does_not() -> None:
    fifteen, sixteen = [10**14 + number for number in range(249)], [10**15 + number for number in range(5)]
    data = leaves.restore(indexes=[*fifteen, *sixteen])
    assert len(data) == leaves.MOST_BYTES == 4096
    one_more = [*fifteen[1:], *sixteen, 10**15 + 5]
    refused(compact({"i": one_more, "t": "restore", "v": 1}))
    with pytest.raises(BadLeaf):
        leaves.restore(indexes=one_more)
