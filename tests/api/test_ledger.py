"""Proofs: each convinces somebody who knows nothing but RFC 6962, and bad questions are refused."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.test import Client

from letters.ledger import merkle
from letters.models import Letter
from tests import published
from tests.api.test_hostile import HOSTILE, refused

pytestmark = pytest.mark.django_db
LEDGER = f"/api/v1/letters/{published.SLUG}/ledger"
SIZE = 304


@pytest.fixture(autouse=True)
def letter(three_hundred: Letter) -> Letter:
    return three_hundred


def ask(client: Client, question: str) -> Any:
    response = client.get(f"{LEDGER}/{question}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    return response.json()["data"]


def raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, SIZE), (3, 4), (255, 256), (256, SIZE), (303, SIZE)])
def test_a_proof_of_inclusion_convinces(client: Client, index: int, size: int) -> None:
    said = ask(client, f"inclusion?index={index}&size={size}")
    merkle.verify_inclusion(
        leaf=merkle.leaf_hash(said["leaf"].encode()),
        index=index,
        size=size,
        root=raw(said["root"]),
        proof=[raw(one) for one in said["proof"]],
    )


@pytest.mark.parametrize(("old", "new"), [(1, 1), (1, SIZE), (3, 300), (256, 257), (255, SIZE), (SIZE, SIZE)])
def test_a_proof_of_consistency_convinces(client: Client, old: int, new: int) -> None:
    said = ask(client, f"consistency?from={old}&to={new}")
    merkle.verify_consistency(
        old=old,
        new=new,
        old_root=raw(said["from"]["root"]),
        new_root=raw(said["to"]["root"]),
        proof=[raw(one) for one in said["proof"]],
    )


def test_the_root_is_the_one_that_the_checkpoint_signs(client: Client, letter: Letter) -> None:
    note = client.get(f"/ledger/{letter.public_id}/checkpoint").content.decode()
    assert note.split("\n")[1:3] == [str(SIZE), ask(client, f"inclusion?index=0&size={SIZE}")["root"]]


@pytest.mark.parametrize(
    "question",
    [
        "inclusion", "inclusion?index=1", "inclusion?index=4&size=4", "inclusion?index=0&size=0",
        "inclusion?index=0&size=305", "inclusion?index=01&size=9", "inclusion?index=-1&size=9",
        "inclusion?index=1&size=9&index=2", "inclusion?index=1&size=9&x=1", "inclusion?index=1&size=٩",
        "consistency?from=0&to=9", "consistency?from=9&to=8", "consistency?from=1&to=305", "consistency?to=9",
    ],
)  # fmt: skip
def test_other_questions_are_refused_with_a_reason(client: Client, question: str) -> None:
    response = client.get(f"{LEDGER}/{question}")
    assert response.status_code == 400
    assert response.json()["errors"]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:20])
def test_hostile_numbers(client: Client, value: str) -> None:
    refused(client, f"{LEDGER}/inclusion?index={value}&size=9")
    refused(client, f"{LEDGER}/consistency?from=1&to={value}")


def test_no_letter_no_proof(client: Client) -> None:
    refused(client, "/api/v1/letters/nothing/ledger/inclusion?index=0&size=1")
