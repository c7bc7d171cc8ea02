"""T8: "has she signed?" is a political fact. Every address gets the same answer.

How long the answer takes is measured by bench/enumeration.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters import addresses, limits, tokens
from letters.delivery import email
from letters.models import Block, Letter, Mailbox, Signature
from letters.services import blocks, ledger, pending
from tests import builders

pytestmark = pytest.mark.django_db
STATEMENT = re.compile(r"[^'0-9]{,60}")
SEALED = re.compile(r"\?h=([\w-]+)")


def new(letter: Letter, address: str) -> None:
    """Nobody typed this address before."""


def waits(letter: Letter, address: str) -> None:
    builders.signed(letter, email=address, at=timezone.now() - timedelta(hours=1))


def signed(letter: Letter, address: str) -> None:
    builders.confirmed(letter, email=address, at=timezone.now() - timedelta(hours=1))
    ledger.seal(letter_id=letter.pk, at=timezone.now() - timedelta(hours=1))


def blocked(letter: Letter, address: str) -> None:
    block = Block(key=addresses.site_key(address), reason="asked us to")
    blocks.put(block=block, by=None, at=timezone.now())


def over_budget(letter: Letter, address: str) -> None:
    for slug in ("day-trains", "ferries", "trams"):
        other = Letter.objects.filter(slug=slug).first() or builders.letter(slug)
        builders.signed(other, email=address, at=timezone.now())
    email.drain(clock=timezone.now)
    assert Mailbox.objects.get(key=addresses.site_key(address)).unanswered == limits.UNANSWERED_MOST


def wants_none(letter: Letter, address: str) -> None:
    one = builders.signed(letter, email=address, at=timezone.now() - timedelta(hours=1))
    pending.disown(uid=one.uid, never_again=True, at=timezone.now())


Kind = Callable[[Letter, str], None]
KINDS: tuple[Kind, ...] = (new, waits, signed, blocked, over_budget, wants_none)


class Answer(NamedTuple):
    """What somebody who asks can tell apart."""

    status: int
    headers: tuple[tuple[str, str], ...]
    length: int
    body: str
    statements: tuple[str, ...]


def ask(call: Callable[[], Any]) -> Answer:
    """Return the answer and what it cost, without the content of the sealed handle."""
    with CaptureQueriesContext(connection) as captured:
        response = call()
    sealed = tuple(
        (name, SEALED.sub(lambda found: f"?h={len(found.group(1))}", value))
        for name, value in sorted(response.headers.items())
    )
    body = SEALED.sub("?h=", response.content.decode())
    words = tuple(STATEMENT.match(query["sql"]).group() for query in captured.captured_queries)  # type: ignore[union-attr]
    assert not response.cookies
    return Answer(response.status_code, sealed, len(response.content), body, words)


def handle(letter: Letter, address: str) -> str:
    key = addresses.mailbox_key(address, letter_id=letter.pk)
    masked = addresses.masked(address)
    text = tokens.make_handle(letter_id=letter.pk, mailbox=key, masked=masked, at=timezone.now())
    return f"/letters/{letter.slug}/check-email/?h={quote(text)}"


def sign(letter: Letter, address: str) -> Answer:
    data = {"name": "Mallory Asks", "email": address, "visibility": "public", "form_key": "abc"}
    return ask(lambda: Client().post(f"/letters/{letter.slug}/sign/", data))


def look(letter: Letter, address: str) -> Answer:
    return ask(lambda: Client().get(handle(letter, address)))


def resend(letter: Letter, address: str) -> Answer:
    return ask(lambda: Client().post(handle(letter, address), {"again": "1"}))


def after_resend(letter: Letter, address: str) -> Answer:
    return ask(lambda: Client().get(handle(letter, address) + "&again=1"))


def wrong_code(letter: Letter, address: str) -> Answer:
    known = {tokens.code(uid=one.uid) for one in Signature.objects.all()}
    wrong = next(f"{number:06}" for number in range(100) if f"{number:06}" not in known)
    return ask(lambda: Client().post(handle(letter, address), {"code": wrong}))


def no_code(letter: Letter, address: str) -> Answer:
    return ask(lambda: Client().post(handle(letter, address), {"code": "12"}))


ADDRESSES = {kind: f"{letter}@example.org" for kind, letter in zip(KINDS, "abcdef", strict=True)}


@pytest.mark.parametrize("question", [sign, look, resend, after_resend, no_code])
def test_six_kinds_of_addresses_get_one_answer(question: Callable[[Letter, str], Answer]) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    for kind, address in ADDRESSES.items():
        kind(letter, address)
    answers = {
        kind.__name__: question(letter, address)._replace(body="") for kind, address in ADDRESSES.items()
    }
    assert {answers["new"].status} <= {200, 303, 422}
    assert answers == dict.fromkeys(answers, answers["new"])
    pages = {question(letter, address).body.replace(f"{address[0]}…", "?…") for address in ADDRESSES.values()}
    assert len(pages) == 1


def test_a_wrong_code_gets_one_answer_and_costs_the_same_whoever_is_behind_the_address() -> None:
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    for kind, address in ADDRESSES.items():
        kind(letter, address)
    answers = {kind.__name__: wrong_code(letter, address) for kind, address in ADDRESSES.items()}
    answers = {name: answer._replace(body="") for name, answer in answers.items()}
    assert answers["new"].status == 422
    assert answers == dict.fromkeys(answers, answers["new"])


def test_a_wrong_code_writes_a_row_whether_the_signature_waits_or_counts() -> None:
    """Who posts the form first knows that a row is there; a write on disk takes longer than none."""
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    for kind in (waits, signed):
        kind(letter, ADDRESSES[kind])
        for _ in range(limits.CODE_TRIES + 3):
            wrong_code(letter, ADDRESSES[kind])
    tries = list(Signature.objects.values_list("code_tries", flat=True))
    assert tries == [limits.CODE_TRIES + 1] * 2


def test_an_answer_of_the_form_says_nothing_after_the_code_was_tried_too_often() -> None:
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    waits(letter, "b@example.org")
    tries = [
        wrong_code(letter, "b@example.org")._replace(statements=()) for _ in range(limits.CODE_TRIES + 2)
    ]
    unknown = wrong_code(letter, "a@example.org")._replace(statements=())
    assert [one.status for one in tries] == [422] * 7
    assert {one.length for one in (*tries, unknown)} == {unknown.length}
