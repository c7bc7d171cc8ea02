"""What proves a number: the ledger, a number for good, and receipts that are brought to be checked."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from letters.ledger import batches, notes
from letters.ledger.receipts import Proven, Receipt
from letters.models import Checkpoint, CheckpointSignature, Letter
from letters.queries.leaves import Standing
from letters.web import ledger, ledger_files, receipts
from letters.web.gallery import cast, orders, texts
from letters.web.gallery.state import Show, State
from letters.web.receipts import ReceiptForm

ROOT: Final = bytes(range(32))
SIGNS: Final = (b"new" * 11)[:32]
SIGNED_BEFORE: Final = (b"old" * 11)[:32]


def _state(letter: Letter, *, ago: int = 0, lost: int = 0) -> Checkpoint:
    """Return the state of the list `ago` counts ago."""
    now = cast.tally(cast.letter(), cast.COUNT - 37 * ago, lost=lost)
    at = now.as_of - timedelta(minutes=11 * ago)
    return Checkpoint(letter=letter, size=now.size, root=ROOT, at=at, parts=now.parts(), texts=1)


def _signed(checkpoint: Checkpoint, *keys: bytes) -> CheckpointSignature:
    name = checkpoint.letter.origin
    body = notes.checkpoint(origin=name, size=checkpoint.size, root=ROOT)
    private = [notes.private_key(key) for key in keys]
    lines = [notes.sign(body=body, name=name, key=key) for key in private]
    vkeys = [notes.encode_vkey(notes.verifier(name=name, key=key)) for key in private]
    return CheckpointSignature(
        checkpoint=checkpoint, note=notes.note(body=body, signatures=lines), vkeys=vkeys
    )


def _ledger(*keys: bytes, lost: int = 0) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found()
        rows = [_state(found.letter, ago=number, lost=lost) for number in range(12)]
        return ledger.show(request, found, rows=rows, signed=_signed(rows[0], *keys) if keys else None)

    return show


def _moment(*keys: bytes, covered: bool = False, count: int = cast.COUNT) -> Show:
    """Return the page of one number, signed itself or `covered` by a later signed state."""

    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found()
        letter = found.letter
        state = _state(letter, ago=3 if covered else 0)
        state.parts = cast.tally(cast.letter(), count).parts()
        signed = _signed(_state(letter), *keys) if keys else None
        known = [found.text, cast.text(letter, texts.FRENCH, number=2)][: 2 if covered else 1]
        return ledger.show_moment(request, found, state, texts=known, signed=signed)

    return show


def _brought(pasted: str | None) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found()
        return receipts.show_form(request, found, ReceiptForm(letter=found.letter, text=pasted))

    return show


def _checked(standing: Standing | None) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found()
        name, size = found.letter.origin, found.tally.size
        claim = json.dumps({"name": "Noor van den Berg"}).encode()
        receipt = Receipt(name, 9_731, claim, b"", b"", (), "", size)
        proven = Proven(9_731, 1, notes.Checkpoint(name, size, ROOT))
        return receipts.show(request, found, receipt=receipt, proven=proven, standing=standing)

    return show


def _withheld(request: HttpRequest) -> HttpResponse:
    letter = cast.letter()
    return ledger_files.unavailable(request, letter, cast.text(letter, withholding=orders.withholding()))


STATES: Final = (
    State("text-withheld", _withheld, 451),
    State("ledger", _ledger(SIGNS)),
    State("ledger-two-keys", _ledger(SIGNS, SIGNED_BEFORE)),
    State("ledger-lost", _ledger(SIGNS, lost=3)),
    State("ledger-not-signed-yet", _ledger()),
    State("moment", _moment(SIGNS)),
    State("moment-covered", _moment(SIGNS, covered=True)),
    State("moment-not-signed-yet", _moment()),
    State("moment-nobody", _moment(SIGNS, count=0)),
    State("receipt", _brought(None)),
    State("receipt-none", _brought(""), 422),
    State("receipt-unreadable", _brought('{"letter": "letters.example/ledger/'), 422),
    State("receipt-active", _checked(Standing(batches.ACTIVE, 9_731))),
    State("receipt-changed", _checked(Standing(batches.ACTIVE, 11_002))),
    State("receipt-removed", _checked(Standing(batches.REMOVED, 9_731))),
    State("receipt-withdrawn", _checked(Standing(batches.WITHDRAWN, 9_731))),
    State("receipt-lost", _checked(Standing(batches.LOST, 9_731))),
    State("receipt-of-another-list", _checked(None)),
)
