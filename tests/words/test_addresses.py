"""One mailbox, many spellings."""

from __future__ import annotations

import pytest

from letters import addresses

SAME = [
    ("Ben@Example.org", "ben@example.org"),
    ("ben+letters@example.org", "ben@example.org"),
    ("b.e.n@gmail.com", "ben@gmail.com"),
    ("ben@googlemail.com", "ben@gmail.com"),
    ("ben-tag@yahoo.com", "ben@yahoo.com"),
    ("ben@protonmail.com", "ben@proton.me"),
    ("ben@BÜCHER.example", "ben@xn--bcher-kva.example"),
    ("+tag@example.org", "+tag@example.org"),
]
DIFFERENT = [("a.b@example.org", "ab@example.org"), ("ben@example.org", "ben@example.com")]


@pytest.mark.parametrize(("typed", "canonical"), SAME)
def test_spellings_of_one_mailbox(typed: str, canonical: str) -> None:
    assert addresses.canonical(typed) == canonical
    assert addresses.mailbox_key(typed, letter_id=1) == addresses.mailbox_key(canonical, letter_id=1)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_mailboxes_stay_apart(one: str, other: str) -> None:
    assert addresses.canonical(one) != addresses.canonical(other)


def test_a_key_belongs_to_one_letter() -> None:
    assert addresses.mailbox_key("a@example.org", letter_id=1) != addresses.mailbox_key(
        "a@example.org", letter_id=2
    )


@pytest.mark.parametrize(
    ("address", "masked"), [("noor@example.org", "no…\u2060@example.org"), ("a@b.org", "a…\u2060@b.org")]
)
def test_masked(address: str, masked: str) -> None:
    assert addresses.masked(address) == masked


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 <Ben.Okafor+x@example.org>: unknown", "550 5.1.1 <…>: unknown"),
        ("RCPT TO:<ben@münchen.example> rejected", "RCPT TO:<…> rejected"),
        ("ben@example.org, cleo@[192.0.2.1]", "…, …"),
        ("451 greylisted", "451 greylisted"),
    ],
)
def test_an_answer_of_a_server_is_kept_without_addresses(said: str, kept: str) -> None:
    assert addresses.without(said) == kept
