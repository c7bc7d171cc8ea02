"""`python -m tests.faults.hands WHAT SLUG ...`: processes that work on a letter through the services.

They stand for people (who publish, confirm, withdraw) and for a worker (that counts) where a real
browser or Celery would only make a thousand rounds slow.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Final

import django

django.setup()

from django.db import Error, connection  # noqa: E402 - needs the setup above
from django.utils import timezone  # noqa: E402

from letters.delivery import ledger as publishing  # noqa: E402
from letters.enums import RemovalReason, SignatureState  # noqa: E402
from letters.models import LedgerEntry, Letter, Signature  # noqa: E402
from letters.refusal import Refusal  # noqa: E402
from letters.services import erasures, recounts, removals, signatures  # noqa: E402
from tests import builders, restores  # noqa: E402

WITHDRAWN_OF_TEN: Final = 1


class Enough(Exception):
    """The stage is done with us."""


def publish(slug: str) -> None:
    """Publish an open letter and say its id."""
    print(builders.letter(slug, at=timezone.now()).pk, flush=True)


def confirm(slug: str) -> None:
    """Confirm every pending signature, for ever, also across restarts of the database."""
    while True:
        try:
            letter = Letter.objects.get(slug=slug)
            rows = Signature.objects.filter(letter=letter, state=SignatureState.PENDING)
            for one in rows.select_related("text"):
                signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=timezone.now())
        except Error:
            connection.close()
        time.sleep(0.05)


def people(slug: str) -> None:
    """Sign and confirm, and let one of ten withdraw; in the end say how many did what."""
    signal.signal(signal.SIGTERM, _enough)
    letter, confirmed, withdrawn = Letter.objects.get(slug=slug), 0, 0
    before = None
    try:
        while True:
            # A signal between a commit and our own count would make us say too little.
            with _Undisturbed():
                one = builders.confirmed(letter, at=timezone.now(), email=f"{slug}-{confirmed}@example.org")
                confirmed += 1
                if before and confirmed % 10 < WITHDRAWN_OF_TEN:
                    signatures.withdraw(uid=before.uid, at=timezone.now())
                    withdrawn += 1
                before = one
    except Enough:
        print(confirmed, withdrawn, flush=True)


def live(slug: str, first: str, many: str) -> None:
    """So many confirm, and at random somebody withdraws, changes, is removed, is back, is forgotten."""
    letter = Letter.objects.get(slug=slug)
    deeds = [_withdraw, _remove, _restore, _forget, _change, lambda one: None]
    for number in range(int(first), int(first) + int(many)):
        builders.confirmed(letter, at=timezone.now(), email=f"{slug}-{number}@example.org")
        one = Signature.objects.filter(letter=letter, erased_at=None).order_by("?")[0]
        with contextlib.suppress(Refusal):  # not everything can be done in every state
            random.choice(deeds)(one)


def _withdraw(one: Signature) -> None:
    signatures.withdraw(uid=one.uid, at=timezone.now())


def _remove(one: Signature) -> None:
    removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=timezone.now())


def _restore(one: Signature) -> None:
    removed = Signature.objects.filter(letter=one.letter_id, state=SignatureState.REMOVED).first() or one
    removals.restore(uid=removed.uid, by=None, at=timezone.now())


def _forget(one: Signature) -> None:
    erasures.erase(uid=one.uid, at=timezone.now())


def _change(one: Signature) -> None:
    if one.state == SignatureState.CONFIRMED:
        restores.change(one, at=timezone.now(), role=random.choice(["Nurse", "Doctor"]))


def advance(slug: str, seconds: str = "0") -> None:
    """Do once what the worker does, by a clock that is so many seconds off; say how many were looked at."""
    pk, at = Letter.objects.get(slug=slug).pk, timezone.now() + timedelta(seconds=int(seconds))
    print(publishing.advance(letter_id=pk, at=at), publishing.publish(letter_id=pk, at=at), flush=True)


def compare(slug: str) -> None:
    """Say by how much the number differs from what stands behind it."""
    print(recounts.compare(letter_id=Letter.objects.get(slug=slug).pk, at=timezone.now()), flush=True)


def count(slug: str) -> None:
    """Count for ever in a child; when it is killed, start another, and say each one's id.

    Before the id stands whether the one before was killed while it sealed or published. A fork costs a
    hundredth of a second, a new Python process a hundred times that. What only the first round loads
    (a tenth of a second) is loaded before the first fork, or no child would live to publish.
    """
    pk, mark, server = Letter.objects.get(slug=slug).pk, mmap.mmap(-1, 1), os.getpid()
    while not LedgerEntry.objects.filter(letter_id=pk).exists():
        time.sleep(0.01)
    _seal(pk)
    connection.close()
    while True:
        mark[0] = 0
        child = os.fork()
        if child == 0:
            _seal_until_killed(pk, mark, server)
        print(child, flush=True)
        os.waitpid(child, 0)
        print(mark[0], end=" ", flush=True)


def _seal(pk: int) -> None:
    publishing.advance(letter_id=pk, at=timezone.now())
    publishing.publish(letter_id=pk, at=timezone.now())


def _seal_until_killed(pk: int, mark: mmap.mmap, server: int) -> None:
    while os.getppid() == server:
        if not LedgerEntry.objects.filter(letter_id=pk).exists():
            time.sleep(0.001)
            continue
        mark[0] = 1
        _seal(pk)
        mark[0] = 0
    os._exit(0)


class _Undisturbed:
    """Holds SIGTERM back until the block has ended."""

    def __enter__(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])

    def __exit__(self, *_: object) -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])


def _enough(number: int, frame: FrameType | None) -> None:
    raise Enough


WORK: Final[dict[str, Callable[..., None]]] = {
    "letter": publish,
    "confirm": confirm,
    "people": people,
    "live": live,
    "advance": advance,
    "compare": compare,
    "count": count,
}

if __name__ == "__main__":
    WORK[sys.argv[1]](*sys.argv[2:])
