"""Receipts that agree in everything, and every kind that does not: of one mind with the verifier."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from letters.ledger import receipts
from letters.ledger.receipts import BadReceipt, Fault, Proven
from tests.verify import forge
from tests.verify.test_receipts import REFUSED, with_claim

HONEST = forge.honest()
KEYS = [signer.vkey for signer in HONEST.signers]
FIELDS = ("letter", "index", "claim", "salt", "leaf", "proof", "checkpoint")


def check(receipt: Any, keys: list[str] = KEYS) -> Proven:
    text = receipt if isinstance(receipt, str) else json.dumps(receipt)
    found = receipts.read(text)
    if found.origin != HONEST.origin:  # what a page does, as the verifier
        raise BadReceipt(Fault.OTHER_LETTER)
    return receipts.verify(found, vkeys=keys)


def fault(receipt: Any, keys: list[str] = KEYS) -> Fault:
    with pytest.raises(BadReceipt) as refused:
        check(receipt, keys)
    return refused.value.fault


@pytest.mark.parametrize("size", [None, 299])
@pytest.mark.parametrize("index", [30, 7, 8, 298])
def test_a_receipt_shows_its_place_its_text_and_its_tree(index: int, size: int | None) -> None:
    shown = check(HONEST.receipt(index, size))
    assert (shown.signature, shown.text) == (index, 2 if index == 298 else 1)
    assert (shown.tree.origin, shown.tree.size) == (HONEST.origin, size or 300)


def test_a_receipt_of_a_change_is_about_the_signature_that_was_changed() -> None:
    assert check(HONEST.receipt(45)).signature == 6


def test_what_is_written_is_read_as_it_was() -> None:
    one = receipts.read(json.dumps(HONEST.receipt(30)))
    assert receipts.read(receipts.write(one).decode()) == one
    assert json.loads(receipts.write(one)) == HONEST.receipt(30)


@pytest.mark.parametrize("around", ["\ufeff{}", "\r\n {} \t\n", "{}\n\n"])
def test_what_editors_put_around_it_does_no_harm(around: str) -> None:
    assert check(around.replace("{}", json.dumps(HONEST.receipt(30)))).signature == 30


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_verifier_refuses_is_refused_here(name: str) -> None:
    assert fault(REFUSED[name])


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [None, 7, -1, 1.5, "x", [], {}, ["x"], True, 10**30, "\ud800", "\x00"])
def test_nonsense_in_a_field_is_refused(field: str, value: Any) -> None:
    assert fault({**HONEST.receipt(30), field: value})


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_is_missing_is_refused(field: str) -> None:
    assert fault({key: value for key, value in HONEST.receipt(30).items() if key != field})


@pytest.mark.parametrize(
    ("receipt", "expected"),
    [
        ("[" * 100_000, Fault.TOO_LONG),
        ("[" * 19_000, Fault.UNREADABLE),
        ('{"a":' * 3_000, Fault.UNREADABLE),
        ("{" + " " * 30_000 + "}", Fault.TOO_LONG),
        ({**HONEST.receipt(30), "index": 10**4_000}, Fault.UNPROVEN),
        (with_claim(name=1.5), Fault.UNREADABLE),
        (with_claim(name=["a"]), Fault.UNREADABLE),
        (with_claim(name="Ben"), Fault.CLOSED),
        (with_claim(extra=1), Fault.CLOSED),
        ({**HONEST.receipt(30), "letter": "other.example/ledger/x"}, Fault.OTHER_LETTER),
        ({**HONEST.receipt(30), "proof": HONEST.receipt(31)["proof"]}, Fault.UNPROVEN),
        ({**HONEST.receipt(30), "proof": [HONEST.receipt(31)["proof"][0]] * 65}, Fault.UNREADABLE),
    ],
)
def test_each_refusal_has_its_reason(receipt: Any, expected: Fault) -> None:
    assert fault(receipt) == expected


def test_a_checkpoint_by_another_key_shows_nothing() -> None:
    other = forge.Signer(HONEST.origin, b"o" * 32)
    assert fault(HONEST.receipt(30), [other.vkey]) == Fault.UNSIGNED
    assert fault(HONEST.receipt(30), []) == Fault.UNSIGNED
    assert check(HONEST.receipt(30), [other.vkey, *KEYS]).signature == 30


def test_a_claim_for_another_letter_opens_nothing_here() -> None:
    made = forge.honest()
    index = len(made.leaves)
    made.add(
        "sign", c=made.commitment(index, "A", origin="x/ledger/y"), k="person", lang="en", m="email", n=1
    )
    assert fault(made.receipt(index)) == Fault.CLOSED


def test_no_second_spelling_of_a_hash() -> None:
    receipt = HONEST.receipt(30)
    salt = receipt["salt"]
    last = chr(ord(salt[-1]) + 1)  # the same bytes behind it: two bits of the last sign are no part of them
    assert fault({**receipt, "salt": salt[:-1] + last})
    assert fault({**receipt, "salt": salt + "="})
    assert fault({**receipt, "proof": [item.rstrip("=") for item in receipt["proof"]]})


def test_thousands_of_damaged_receipts_are_refused_and_nothing_else_is_raised() -> None:
    dice = random.Random(8)
    text = json.dumps(HONEST.receipt(30))
    same = receipts.read(text)
    for _ in range(3_000):
        damaged = list(text)
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(len(damaged))
            damaged[place : place + dice.randint(0, 2)] = chr(
                dice.choice([0, 34, 49, 65, 91, 123, 233, 0xD800])
            )
        try:
            found = receipts.read("".join(damaged))
            receipts.verify(found, vkeys=KEYS)
        except BadReceipt:
            continue
        assert found == same  # a space between two parts, or what JSON reads alike
