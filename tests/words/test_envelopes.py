"""The sender on an envelope names its mail, and nobody else can make one."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from letters import envelopes

UID = UUID("01234567-89ab-4def-8123-456789abcdef")


@pytest.fixture(autouse=True)
def _bounces_to(settings: Settings) -> None:
    settings.BOUNCES_TO = "b.ounces_2026-letter@letters.example.org"


def made(uid: UUID = UID) -> str:
    address = envelopes.sender(uid=uid)
    assert address
    return address


def test_an_address_is_read_again_in_whatever_case_and_surroundings() -> None:
    for address in (made(), made().upper(), f"Undersigned <{made()}>", f"x@y, rfc822;{made()} (z)"):
        assert envelopes.read(address) == UID


def test_the_longest_is_one_that_every_server_takes() -> None:
    assert len(made().partition("@")[0]) == 64  # RFC 5321, 4.5.3.1.1


def test_every_mail_has_its_own() -> None:
    assert len({made(uuid4()) for _ in range(100)}) == 100


def test_nobody_collects_nothing(settings: Settings) -> None:
    settings.BOUNCES_TO = ""
    assert envelopes.sender(uid=UID) is None


def test_one_changed_character_makes_it_nobodys() -> None:
    start = made().index("+") + 1
    for place in range(start, made().index("@")):
        other = "a" if made()[place] != "a" else "b"
        changed = made()[:place] + other + made()[place + 1 :]
        # The last letter of the name holds two bits and a rest that means nothing.
        assert place == start + 25 or envelopes.read(changed) is None
        assert envelopes.read(changed) in {None, UID}


def test_it_is_bound_to_the_key_of_the_site(settings: Settings) -> None:
    address = made()
    settings.SECRET_KEY = "another key of this site, long enough to be one, and secret"
    assert envelopes.read(address) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert envelopes.read(text) is None
    assert envelopes.read(f"+{text}@") is None
