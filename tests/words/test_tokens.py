"""Tokens: authentic for one purpose, and of no use for another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from letters import crypto, tokens
from letters.tokens import BadToken, Purpose

NOW = datetime(2026, 3, 14, 12, 0, 7, 123456, tzinfo=UTC)


def test_a_token_says_what_was_put_in() -> None:
    uid = uuid4()
    token = tokens.read(tokens.make(Purpose.CONFIRM, uid=uid, at=NOW), Purpose.CONFIRM, Purpose.MANAGE)
    assert (token.purpose, token.uid, token.issued) == (Purpose.CONFIRM, uid, NOW)
    assert not token.expired(at=NOW + timedelta(days=7), after=timedelta(days=7))
    assert token.expired(at=NOW + timedelta(days=7, seconds=1), after=timedelta(days=7))


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_token_serves_no_other_purpose(purpose: Purpose) -> None:
    token = tokens.make(purpose, uid=uuid4(), at=NOW)
    with pytest.raises(BadToken):
        tokens.read(token, *(other for other in Purpose if other != purpose))


def test_every_changed_character_is_noticed() -> None:
    token = tokens.make(Purpose.MANAGE, uid=uuid4(), at=NOW)
    for place, char in enumerate(token):
        changed = token[:place] + ("A" if char != "A" else "B") + token[place + 1 :]
        with pytest.raises(BadToken):
            tokens.read(changed, Purpose.MANAGE)


@pytest.mark.parametrize("junk", ["", ".", "a.b", "\x00", "é" * 40, "x" * 5000])
def test_junk_is_no_token(junk: str) -> None:
    with pytest.raises(BadToken):
        tokens.read(junk, Purpose.CONFIRM)
    with pytest.raises(BadToken):
        tokens.read_handle(junk)


def test_a_handle_holds_no_address() -> None:
    handle = tokens.make_handle(letter_id=3, mailbox=b"k" * 32, masked="no…@example.org", at=NOW)
    opened = tokens.read_handle(handle)
    assert (opened.letter_id, opened.mailbox, opened.masked, opened.issued) == (
        3,
        b"k" * 32,
        "no…@example.org",
        NOW.replace(microsecond=0),
    )


def test_a_sealed_value_opens_in_its_own_place_only() -> None:
    sealed = crypto.seal("noor@example.org", context="here")
    assert crypto.unseal(sealed, context="here") == "noor@example.org"
    for other, context in ((sealed, "there"), (sealed[:-1], "here"), (b"", "here"), (b"x" * 60, "here")):
        with pytest.raises(crypto.Unreadable):
            crypto.unseal(other, context=context)
