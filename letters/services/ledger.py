"""Sealing: what waits becomes part of a letter's number, and of the ledger that proves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from letters import durable, limits, tallying
from letters.enums import EventName, LetterStatus, MessageKind, Tallied
from letters.ledger.batches import Batch
from letters.models import Checkpoint, Letter, Tally
from letters.records import events, leaves, locks, mailings, names, outbox, points
from letters.records.leaves import Facts
from letters.tallying import Move

STEP: Final = timedelta(seconds=1)
# Ids travel as one array: its length tells the planner to use the key, whatever the statistics say.
QUEUED: Final = "SELECT signature_id FROM letters_ledgerentry WHERE letter_id = %s ORDER BY id LIMIT %s"
LOCK: Final = "SELECT id FROM letters_signature WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
TAKE: Final = """
DELETE FROM letters_ledgerentry AS entry USING letters_signature AS signature
JOIN letters_lettertext AS text ON text.id = signature.text_id
WHERE entry.signature_id = signature.id AND entry.signature_id = ANY(%s) AND signature.id = ANY(%s)
RETURNING signature.id, signature.kind, signature.method, signature.counted_method, signature.language,
text.number, COALESCE(signature.counted_text, text.number), signature.removal, signature.leaf,
signature.commitment, signature.tallied, signature.state, signature.display, signature.erased_at IS NOT NULL
"""
STAMP: Final = """
WITH held (id, tallied, leaf, claim_leaf) AS (
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[])),
stamped AS (
UPDATE letters_signature AS signature SET tallied = held.tallied, counted_at = COALESCE(counted_at, %s),
counted_method = method, counted_text = NULL, commitment = NULL, leaf = COALESCE(signature.leaf, held.leaf),
claim_leaf = COALESCE(held.claim_leaf, signature.claim_leaf)
FROM held WHERE signature.id = held.id AND signature.id = ANY(%s)
RETURNING signature.id, signature.uid, signature.email_sealed)
SELECT id, uid FROM stamped WHERE email_sealed IS NOT NULL
"""


def seal(*, letter_id: int, at: datetime) -> int:
    """Bring a letter's number and its ledger up to date; return how many queued entries were looked at.

    Only one seal of a letter runs at a time; another finds nothing to do and returns 0. The
    tally's time never goes back, even when the clock does.
    """
    with durable.commit():
        mine = locks.alone(lock=locks.SEAL, letter_id=letter_id)
        before = Checkpoint.objects.newest(letter_id=letter_id) if mine else None
        if before is None:
            return 0
        looked_at, moves = _take(letter_id)
        tally = (
            Tally.objects.select_for_update(of=("self",)).select_related("letter").get(letter_id=letter_id)
        )
        as_of = max(at.replace(microsecond=0), tally.as_of + STEP)
        batch, facts = leaves.news(letter=tally.letter, before=before, at=at)
        if not (moves or batch.leaves or _is_quiet(before, facts, as_of)):
            return looked_at
        batch.add_changes([move.change() for move in moves])
        change = _total(moves)
        tally.move(change, texts=_by_text(moves), as_of=as_of)
        leaves.append(tally=tally, before=before, batch=batch, facts=facts)
        to_thank = _stamp(moves, batch, as_of)
        _plot(tally, change)
        _tell(tally, moves, to_thank, looked_at, at)
        if facts.closed and not before.closed:
            _tell_the_end(tally.letter, at)
    return looked_at


def _take(letter_id: int) -> tuple[int, list[Move]]:
    """Take entries out of the queue; return how many, and the signatures that are to be held otherwise.

    The signatures are locked first, as every change of one locks it: what they are here they stay.
    """
    with connection.cursor() as cursor:
        cursor.execute(QUEUED, [letter_id, limits.SEAL_AT_ONCE])
        ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return 0, []
        cursor.execute(LOCK, [ids])
        cursor.execute(TAKE, [ids, ids])
        rows = cursor.fetchall()
    moves = [_move(row) for row in rows]
    return len(ids), [move for move in moves if move.is_one]


def _move(row: tuple[Any, ...]) -> Move:
    known, (state, display, erased) = row[:-3], row[-3:]
    after = tallying.held_as(state=state, display=display, erased=erased, before=known[-1])
    return Move(*(*known, after))


def _is_quiet(before: Checkpoint, facts: Facts, as_of: datetime) -> bool:
    """Whether an open letter must say that its number still stands, so that a frozen one shows."""
    return not facts.closed and as_of - before.at >= limits.HEARTBEAT


def _stamp(moves: Sequence[Move], batch: Batch, as_of: datetime) -> list[UUID]:
    """Store how and where they are held; return those to thank: newly counted, with an address."""
    ids = [move.signature_id for move in moves]
    held: list[Any] = [
        ids,
        [move.after for move in moves],
        [batch.signed.get(pk) for pk in ids],
        [batch.claimed.get(pk) for pk in ids],
    ]
    with connection.cursor() as cursor:
        cursor.execute(STAMP, [*held, as_of, ids])
        uids = dict(cursor.fetchall())
    return [uids[move.signature_id] for move in moves if move.is_new and move.signature_id in uids]


def _total(moves: Iterable[Move]) -> Counter[str]:
    total: Counter[str] = Counter()
    for move in moves:
        total.update(move.step())
    return total


def _by_text(moves: Iterable[Move]) -> Counter[int]:
    steps: Counter[int] = Counter()
    for move in moves:
        steps.update(move.steps_of_texts())
    return steps


def _plot(tally: Tally, change: Counter[str]) -> None:
    points.plot(
        letter_id=tally.letter_id,
        as_of=tally.as_of,
        new=change["signed"],
        withdrawn=change["withdrawn"],
        removed=change["removed"],
        total=tally.count,
    )


def _tell(
    tally: Tally, moves: Sequence[Move], to_thank: Sequence[UUID], looked_at: int, at: datetime
) -> None:
    outbox.put(
        kind=MessageKind.SIGNED,
        letter_id=tally.letter_id,
        subjects=to_thank,
        at=at,
        wait=limits.SIGNED_MAIL_AFTER,
    )
    events.record(
        name=EventName.TALLY_SEALED,
        subject=tally.letter.public_id,
        by=events.SYSTEM,
        at=tally.as_of,
        data={"count": tally.count, "entries": looked_at, "leaves": tally.size},
    )
    if any(move.is_new and move.after == Tallied.SHOWN for move in moves):
        names.bump(letter_id=tally.letter_id)


def _tell_the_end(letter: Letter, at: datetime) -> None:
    """Have the end told once its number is final: who signed in time may still confirm for two days."""
    ended = letter.ended_at(at=at)
    if ended and letter.status != LetterStatus.WITHDRAWN:
        final = ended + limits.CONFIRM_GRACE + limits.SEALED_WITHIN
        mailings.put(kind=MessageKind.CLOSED, letter=letter, begins_at=final, at=at)
