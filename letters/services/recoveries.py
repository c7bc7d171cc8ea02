"""Taking over what a ledger says that the database has forgotten: the ledger is the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from letters import durable, tallying
from letters.enums import EventName, LetterStatus, SignatureKind, Tallied
from letters.ledger import histories
from letters.ledger import leaves as spelling
from letters.ledger.batches import Batch, parted
from letters.ledger.forms import BadLeaf
from letters.ledger.histories import Fate, History
from letters.models import Checkpoint, CheckpointSignature, Letter, LetterText, Tally
from letters.models.tally import PARTS
from letters.records import entries, events, fates, leaves, locks, names, points, tallies
from letters.records.leaves import Facts
from letters.refusal import Refusal

STEP: Final = timedelta(seconds=1)
UNSEEN: Final = 1_000_000
"""Caches know a number by its revision: none that was shown before the loss may come again."""
WHY: Final = "not in the restored database"
GIVEN: Final = ("signed", "withdrawn", "removed", "lost", "count")
"""Parts of a tally that its leaf says."""


class CannotRecover(Refusal):
    """The database and what was published do not fit together; nothing was changed."""


@dataclass(frozen=True)
class Published:
    """Leaves beyond the first `first`, which the database holds, with the note under all of them.

    Whoever makes it has checked that the note is signed and that its root is that of all leaves.
    """

    first: int
    data: Sequence[bytes]
    note: str
    vkeys: Sequence[str]


def recover(*, letter_id: int, published: Published, at: datetime) -> dict[str, int]:
    """Store the leaves, and bring the rows, the tally and the chart into agreement with them.

    What is counted without a row leaves the count by a `lost` leaf. Returns how many leaves were taken
    over, how many rows were found, were made anew and empty, or are lost. Raises CannotRecover.
    """
    with durable.commit():
        for lock in (locks.SEAL, locks.SIGN):
            locks.wait(lock=lock, letter_id=letter_id)
        letter = Letter.objects.select_for_update(no_key=True).get(pk=letter_id)
        before = Checkpoint.objects.newest(letter_id=letter_id)
        if before is None or before.size != published.first:
            raise CannotRecover("The ledger has grown meanwhile. Start again.")
        history = _history(published)
        facts = _facts(letter, before, history)
        _close(letter, history, at)
        try:
            found, emptied, lost = fates.apply(letter=letter, history=history, at=at)
        except fates.Astray as error:
            raise CannotRecover(str(error)) from error
        entries.put_all(signatures=found, at=at)
        tally = Tally.objects.select_for_update().get(letter_id=letter_id)
        tally.letter = letter
        checkpoint = _take_over(tally, before, published, history, facts, lost, at)
        if lost:
            _give_up(tally, checkpoint, facts, lost, at)
        figures = {
            "leaves": len(published.data),
            "found": len(found),
            "emptied": emptied,
            "lost": len(lost),
        }
        _tell(tally, figures, at)
    return figures


def _history(published: Published) -> History:
    try:
        return histories.read(data=published.data, first=published.first)
    except BadLeaf as error:
        raise CannotRecover(f"The published leaves cannot be read: {error}.") from error


def _facts(letter: Letter, before: Checkpoint, history: History) -> Facts:
    """Return what the ledger says of its letter. Raises CannotRecover for a text that the letter has not."""
    ours = dict(LetterText.objects.filter(letter=letter, number__gt=0).values_list("number", "h"))
    for number, _, digest in history.texts:
        if ours.get(number) != digest:
            raise CannotRecover(
                f"Text {number} of the letter is not in the database: it was published after the backup. "
                f"Its words stand beside the published checkpoint, in text/{number}; "
                "put them back as that text first."
            )
    return Facts(
        texts=before.texts + len(history.texts),
        key=history.key or before.key,
        closed=before.closed or history.closed_at is not None,
    )


def _take_over(  # all that a checkpoint is made of
    tally: Tally,
    before: Checkpoint,
    published: Published,
    history: History,
    facts: Facts,
    lost: Sequence[Fate],
    at: datetime,
) -> Checkpoint:
    """Store what was published as it was, with the tally that it ends with."""
    earlier = histories.Tally(at=tally.as_of, **{part: getattr(tally, part) for part in GIVEN})
    last = history.tallies[-1]
    held = tallies.held(letter_id=tally.letter_id)
    for fate in lost:
        held.update(_parts_of(fate))
    held["lost"], held["signed"] = last.lost, held["signed"] + last.lost
    differ = [part for part in GIVEN if held[part] != getattr(last, part)]
    if differ:
        raise CannotRecover(
            "The signatures in the database do not add up to the published tally: "
            + ", ".join(f"{part} {held[part]} instead of {getattr(last, part)}" for part in differ)
            + ": somebody changed them past the ledger."
        )
    for part in PARTS:
        if part != "offline":
            setattr(tally, part, held[part])
    tally.by_text = tallies.by_text(letter_id=tally.letter_id)  # already without those that are lost
    tally.as_of, tally.revision = last.at, tally.revision + UNSEEN
    checkpoint = leaves.put(tally=tally, before=before, data=published.data, facts=facts)
    CheckpointSignature.objects.create(
        checkpoint=checkpoint, note=published.note, vkeys=list(published.vkeys), signed_at=at
    )
    for old, new in pairwise([earlier, *history.tallies]):
        _plot(tally.letter_id, old, new)
    return checkpoint


def _parts_of(fate: Fate) -> dict[str, int]:
    return tallying.parts(tallied=Tallied.PRIVATE, kind=SignatureKind(fate.kind), method=fate.method)


def _give_up(tally: Tally, before: Checkpoint, facts: Facts, lost: Sequence[Fate], at: datetime) -> None:
    """Take out of the count what has no row: one more batch, which is signed as any other."""
    batch, change = Batch(before.size), Counter({"lost": len(lost)})
    for indexes in parted([fate.index for fate in lost]):
        batch.add(spelling.lost(indexes=indexes, why=WHY))
    for fate in lost:
        change.subtract({part: step for part, step in _parts_of(fate).items() if part != "signed"})
    tally.move(change, texts={}, as_of=max(at.replace(microsecond=0), tally.as_of + STEP))
    leaves.append(tally=tally, before=before, batch=batch, facts=facts)
    # The chart has no line of its own for them; they leave it as what was removed does.
    points.plot(
        letter_id=tally.letter_id,
        as_of=tally.as_of,
        new=0,
        withdrawn=0,
        removed=len(lost),
        total=tally.count,
    )


def _plot(letter_id: int, old: histories.Tally, new: histories.Tally) -> None:
    points.plot(
        letter_id=letter_id,
        as_of=new.at,
        new=new.signed - old.signed,
        withdrawn=new.withdrawn - old.withdrawn,
        removed=new.removed - old.removed + new.lost - old.lost,
        total=new.count,
    )


def _close(letter: Letter, history: History, at: datetime) -> None:
    """End a letter whose end the database has forgotten."""
    if history.closed_at is None or letter.ended_at(at=at):
        return
    letter.status, letter.closed_at, letter.paused_at = LetterStatus.CLOSED, history.closed_at, None
    letter.revision, letter.changed_at = letter.revision + 1, at
    letter.save(update_fields=("status", "closed_at", "paused_at", "revision", "changed_at"))
    events.record(name=EventName.LETTER_CLOSED, subject=letter.public_id, by=events.SYSTEM, at=at)


def _tell(tally: Tally, figures: dict[str, int], at: datetime) -> None:
    data: dict[str, str | int] = {**figures, "count": tally.count}
    events.record(
        name=EventName.LEDGER_RECOVERED, subject=tally.letter.public_id, by=events.SYSTEM, at=at, data=data
    )
    names.bump(letter_id=tally.letter_id)
