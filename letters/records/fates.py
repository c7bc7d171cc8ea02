"""Signatures brought into agreement with a ledger that has seen more of them than the database."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q

from letters import durable, limits, tallying
from letters.enums import COUNTED, Display, RemovalReason, SignatureState, Tallied, Visibility
from letters.ledger.batches import ACTIVE, LOST, REMOVED, WITHDRAWN
from letters.ledger.histories import Fate, History
from letters.models import Feature, Letter, LetterText, Signature, claim

COLUMNS: Final = {
    "id": "bigint",
    "state": "text",
    "removal": "text",
    "removed_at": "timestamptz",
    "withdrawn_at": "timestamptz",
    "display": "text",
    "method": "text",
    "tallied": "text",
    "counted_method": "text",
    "confirmed_at": "timestamptz",
    "counted_at": "timestamptz",
    "leaf": "bigint",
    "claim_leaf": "bigint",
    "commitment": "bytea",
    "salt_sealed": "bytea",
    "text_id": "bigint",
    "counted_text": "smallint",
}
"""What is written of a signature, by id. What its owner said stays as the database has it."""
# As the seal does it: one statement for all, where the ORM takes two thousandths of a second for each.
UPDATE: Final = """
UPDATE letters_signature AS signature SET {values} FROM unnest({arrays}) AS held ({columns})
WHERE signature.id = held.id AND signature.id = ANY(%s)
""".format(  # built from the constant above
    values=", ".join(f"{column} = held.{column}" for column in COLUMNS if column != "id"),
    arrays=", ".join(f"%s::{kind}[]" for kind in COLUMNS.values()),
    columns=", ".join(COLUMNS),
)
KEY_BYTES: Final = 32


class Astray(Exception):
    """The ledger speaks of an earlier signature that the database should hold and does not."""


class Applied(NamedTuple):
    """The rows that were found, how many were made anew and empty, and what counts without a row."""

    found: list[Signature]
    emptied: int
    lost: list[Fate]


def apply(*, letter: Letter, history: History, at: datetime) -> Applied:
    """Give each signature that a history speaks of what became of it. The next seal must look at them.

    A signature whose row is lost gets an empty one when it no longer counts, so that the table adds up
    to what the ledger says. Raises Astray.
    """
    durable.demand()
    end, rows = history.tallies[-1].at, _rows(letter, history)
    texts = {text.number: text for text in LetterText.objects.filter(letter=letter, number__gt=0)}
    known: list[Signature] = []
    bare: list[Fate] = []
    for index, fate in sorted(history.fates.items()):
        row = rows.get(index) or (rows.get(fate.commitment) if fate.commitment else None)
        if row is not None:
            _agree(row, fate, end=end, at=at)
            _stand(row, fate, texts)
            known.append(row)
        elif fate.commitment is None:
            raise Astray(f"no signature of this database stands at leaf {index}")
        else:
            bare.append(fate)
    _store(known)
    Feature.objects.filter(letter=letter, signature__state=SignatureState.WITHDRAWN).delete()
    gone = [fate for fate in bare if fate.state in {REMOVED, WITHDRAWN}]
    tombs = [_tombstone(fate, texts[_text_of(fate)], at) for fate in gone]
    Signature.objects.bulk_create(tombs, batch_size=limits.ROWS_AT_ONCE)
    return Applied(known, len(gone), [fate for fate in bare if fate.state == ACTIVE])


def _store(rows: Sequence[Signature]) -> None:
    arrays: list[Any] = [[_plain(getattr(row, column)) for row in rows] for column in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [*arrays, arrays[0]])


def _plain(value: object) -> object:
    """Return a value as the driver takes it: a choice is its word, to it a choice is an enum of its own."""
    return str(value) if isinstance(value, str) else value


def _rows(letter: Letter, history: History) -> dict[int | bytes, Signature]:
    """Return the signatures that a history may mean, by their place or by the claim that waits for one."""
    new = [fate.commitment for fate in history.fates.values() if fate.commitment]
    wanted = Q(leaf__in=list(history.fates)) | Q(leaf=None, commitment__in=new)
    rows = Signature.objects.filter(wanted, letter=letter).select_related("letter", "text").order_by("pk")
    found: dict[int | bytes, Signature] = {}
    for row in rows.select_for_update(of=("self",), no_key=True):
        found[bytes(row.commitment or b"") if row.leaf is None else row.leaf] = row
    return found


def _agree(row: Signature, fate: Fate, *, end: datetime, at: datetime) -> None:
    """Make a row what the ledger says of it, as of `end`. What was decided later waits for the next seal."""
    if fate.commitment is not None:
        row.leaf = row.claim_leaf = fate.index
        row.counted_at, row.commitment = fate.signed_at, None
        row.confirmed_at = row.confirmed_at or fate.signed_at
    if fate.method:
        row.method = row.counted_method = fate.method
    _claim(row, fate)
    if fate.state == LOST:
        _begin_anew(row, at=at)
        return
    _move(row, fate, end=end)
    state = fate.state or _in_ledger(row.tallied)
    counts = tallying.held_as(
        state=SignatureState.CONFIRMED,
        display=row.display,
        erased=row.erased_at is not None,
        before=row.tallied,
    )
    row.tallied = {REMOVED: Tallied.REMOVED, WITHDRAWN: Tallied.WITHDRAWN}.get(state, counts)


def _claim(row: Signature, fate: Fate) -> None:
    """Point to the newest claim in the ledger. The salt opens only what the database knew before."""
    for said in fate.claims:
        row.claim_leaf = said.place
        fits = row.commitment is not None and bytes(row.commitment) == said.commitment
        if fits:
            row.commitment = None
            continue
        if row.commitment is None:
            row.salt_sealed = None
        # Its owner changed something that the database forgot: perhaps that the name be shown.
        if row.display == Display.SHOWN:
            row.display = Display.WAITING


def _stand(row: Signature, fate: Fate, texts: Mapping[int | None, LetterText]) -> None:
    """Let a row stand on the text that the ledger has it on; a claim that waits may be about another."""
    number = _text_of(fate) or row.counted_text or row.text.number
    if row.commitment is None:
        row.text, row.counted_text = texts[number], None
    else:
        row.counted_text = None if number == row.text.number else number


def _move(row: Signature, fate: Fate, *, end: datetime) -> None:
    """Take over whether it counts. A withdrawal is final, and so is for now what was removed since."""
    if row.state == SignatureState.WITHDRAWN:
        return
    if fate.state == WITHDRAWN:
        row.state, row.removal, row.withdrawn_at = SignatureState.WITHDRAWN, "", fate.moved_at
        return
    if row.state == SignatureState.REMOVED and row.removed_at and row.removed_at > end:
        return
    if fate.state == REMOVED:
        row.state, row.removal, row.removed_at = SignatureState.REMOVED, fate.reason, fate.moved_at
    elif fate.state == ACTIVE:
        row.state, row.removal, row.removed_at = SignatureState.CONFIRMED, "", None


def _begin_anew(row: Signature, *, at: datetime) -> None:
    """Have a signature that an earlier recovery gave up, and whose row is back, counted by a new leaf.

    After the end of signing the rules allow no new leaf: then a person must decide.
    """
    row.leaf = row.claim_leaf = row.counted_at = row.commitment = None
    row.tallied, row.counted_method = Tallied.NOT, ""
    if row.state == SignatureState.WITHDRAWN:
        return
    claim.commit(row)
    if row.erased_at:
        row.salt_sealed = None
    ended = row.letter.ended_at(at=at)
    if row.state == SignatureState.CONFIRMED and ended and at > ended + limits.CONFIRM_GRACE:
        row.state, row.removal, row.removed_at = SignatureState.REMOVED, RemovalReason.OTHER, at


def _in_ledger(tallied: str) -> str:
    if tallied in COUNTED:
        return ACTIVE
    return {Tallied.REMOVED: REMOVED, Tallied.WITHDRAWN: WITHDRAWN}[Tallied(tallied)]


def _text_of(fate: Fate) -> int:
    """Return the number of the text under the newest claim in the ledger; 0 where it says nothing of it."""
    return fate.claims[-1].text if fate.claims else fate.text


def _tombstone(fate: Fate, text: LetterText, at: datetime) -> Signature:
    """Return what is left of a signature that left the count before its row was lost: an erased one."""
    counted_at, removed = fate.signed_at or at, fate.state == REMOVED
    return Signature(
        letter_id=text.letter_id,
        text=text,
        kind=fate.kind,
        language=fate.language,
        visibility=Visibility.PRIVATE,
        display=Display.PRIVATE,
        state=SignatureState.REMOVED if removed else SignatureState.WITHDRAWN,
        removal=fate.reason,
        removed_at=fate.moved_at if removed else None,
        withdrawn_at=None if removed else fate.moved_at,
        method=fate.method,
        counted_method=fate.method,
        tallied=Tallied.REMOVED if removed else Tallied.WITHDRAWN,
        leaf=fate.index,
        claim_leaf=fate.claims[-1].place if fate.claims else fate.index,
        email_key=secrets.token_bytes(KEY_BYTES),
        consent_version=0,
        created_at=counted_at,
        confirmed_at=counted_at,
        counted_at=counted_at,
        erased_at=at,
    )
