"""Many at once: one mailbox, one signature, one count."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from letters.enums import SignatureState
from letters.models import LedgerEntry, Message, Signature, Tally
from letters.services import ledger, signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def together(times: int, call: Callable[[int], Any], *, threads: int = 16) -> list[Any]:
    """Call `times` times from many threads that start at once."""
    gate = threading.Barrier(threads)
    local = threading.local()

    def one(number: int) -> Any:
        if not getattr(local, "started", False):
            local.started = True
            gate.wait(timeout=30)
        return call(number)

    def finish(_: int) -> None:
        gate.wait(timeout=30)
        connection.close()

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(one, range(times)))
        list(pool.map(finish, range(threads)))
    return results


def test_200_posts_of_one_mailbox_give_one_live_signature_and_no_server_error() -> None:
    letter = builders.letter(at=NOW)
    spellings = ("ben@example.org", "Ben@Example.org", "ben+open@example.org", "BEN+letters@example.org")

    clients = threading.local()

    def post(number: int) -> int:
        client = clients.__dict__.setdefault("client", Client())
        data = {"name": f"Ben {'I' * (number % 9)}", "email": spellings[number % 4], "visibility": "public"}
        return client.post(f"/letters/{letter.slug}/sign/", data).status_code

    assert set(together(200, post)) == {303}
    assert Signature.objects.live().count() == 1


def test_50_confirms_count_once() -> None:
    letter = builders.letter()
    one = builders.signed(letter)
    seen = one.seen_digest()
    states = together(50, lambda _: signatures.confirm(uid=one.uid, seen=seen, at=NOW).state)
    assert set(states) == {SignatureState.CONFIRMED}
    assert LedgerEntry.objects.count() == 1


def test_many_seals_at_once_count_each_signature_once() -> None:
    letter = builders.letter()
    for number in range(40):
        builders.confirmed(letter, email=f"ben{number}@example.org")
    together(16, lambda _: ledger.seal(letter_id=letter.pk, at=NOW))
    ledger.seal(letter_id=letter.pk, at=NOW)
    tally = Tally.objects.get()
    assert (tally.count, tally.signed) == (40, 40)
    assert Message.objects.filter(kind="signed").count() == 40


def test_withdrawing_while_counting_never_deadlocks_and_always_adds_up() -> None:
    letter = builders.letter()
    uids = [builders.confirmed(letter, email=f"ben{number}@example.org").uid for number in range(60)]

    def act(number: int) -> object:
        if number % 3 == 0:
            return ledger.seal(letter_id=letter.pk, at=NOW)
        return signatures.withdraw(uid=uids[number % 60], at=NOW)

    together(120, act)
    while ledger.seal(letter_id=letter.pk, at=NOW):
        pass
    tally = Tally.objects.get()
    assert tally.count == Signature.objects.filter(state=SignatureState.CONFIRMED).count()
    assert tally.withdrawn == Signature.objects.filter(state="withdrawn", counted_at__isnull=False).count()
