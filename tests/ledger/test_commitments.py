"""Commitments: what is committed to, byte for byte, and that only its salt opens it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.ledger import commitments
from tests.ledger import CALM

SALT = bytes(range(32))
ADA: dict[str, Any] = {
    "name": "Ada Løvelace",
    "role": "Analyst",
    "affiliation": "Käthe & Söhne <GmbH>",
    "identity": "ada@example.org",
    "method": "email",
    "text_hash": "0123456789abcdef" * 4,
    "origin": "letters.example.org/ledger/abcdefghijklmnopqrstuvwxyz",
    "visibility": "public",
    "consent": 1,
}
WRITTEN = (
    '{"affiliation":"Käthe & Söhne <GmbH>","consent":1,"identity":"ada@example.org","method":"email",'
    '"name":"Ada Løvelace","origin":"letters.example.org/ledger/abcdefghijklmnopqrstuvwxyz","role":"Analyst",'
    '"text":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","visibility":"public"}'
).encode()
# (printf 'letters-commit/v1\n'; printf %s "$WRITTEN") | openssl dgst -sha256 -mac HMAC -macopt hexkey:0001…1f
COMMITTED = "8fc0e14cff80411cd88db9325965822f1bd42af56350006fa16f3fdbcceb7ddc"


def test_a_claim_is_written_in_one_way() -> None:
    assert commitments.claim(**ADA) == WRITTEN


def test_a_commitment_is_what_openssl_computes() -> None:
    assert commitments.commit(salt=SALT, claim=WRITTEN).hex() == COMMITTED


def test_composed_and_decomposed_names_are_one_claim() -> None:
    one, other = {**ADA, "name": "Zoë"}, {**ADA, "name": "Zoe\u0308"}
    assert commitments.claim(**one) == commitments.claim(**other)
    assert "Zoë".encode() in commitments.claim(**other)


def test_what_json_must_escape_is_escaped_as_rfc_8785_says() -> None:
    claim = commitments.claim(**{**ADA, "affiliation": '"\\/\b\f\n\r\t\x00\x1f\x7f\u2028😀'})
    assert '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\u2028😀"'.encode() in claim


@CALM
@given(
    st.fixed_dictionaries({key: st.text() for key in ADA if key != "consent"} | {"consent": st.integers(0)})
)
def test_a_claim_is_json_that_says_what_was_said(words: dict[str, Any]) -> None:
    data = commitments.claim(**words)
    again = json.loads(data)
    again["text_hash"] = again.pop("text")
    assert commitments.claim(**again) == data
    assert list(json.loads(data)) == sorted(json.loads(data))


@pytest.mark.parametrize("part", ADA)
def test_every_part_of_a_claim_changes_the_commitment(part: str) -> None:
    other = commitments.claim(**{**ADA, part: 2 if part == "consent" else "another"})
    assert commitments.commit(salt=SALT, claim=other).hex() != COMMITTED


def test_another_salt_is_another_commitment() -> None:
    assert commitments.commit(salt=commitments.new_salt(), claim=WRITTEN).hex() != COMMITTED


def test_salts_are_long_and_never_the_same() -> None:
    salts = [commitments.new_salt() for _ in range(100)]
    assert {len(salt) for salt in salts} == {32}
    assert len(set(salts)) == 100


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_salts_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitments.commit(salt=bytes(length), claim=WRITTEN)


def test_text_that_utf_8_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        commitments.claim(**{**ADA, "name": "\ud800"})
