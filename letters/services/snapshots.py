"""Freezing how a day left the number of a letter, and saying what is wrong with such a record."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from letters import disclosure, durable, limits
from letters.enums import EventName
from letters.models import Checkpoint, Correction, Letter, LetterText, Snapshot, Tally, User
from letters.records import breakdowns, events, locks
from letters.records import letters as rows
from letters.refusal import Refusal


class NotSaid(Refusal):
    """A correction that corrects nothing, or that nobody says."""

    message = _("Say what is wrong with the record, and who says so.")


def freeze(*, letter_id: int, day: date, at: datetime) -> Snapshot | None:
    """Store the last tally of a letter before a day (UTC) ended.

    It is that of the stored checkpoints, so it does not matter when it is frozen. None, and nothing is
    stored, for a day that is not over by `limits.FINAL_AFTER`, is frozen already or has no tally.
    """
    ends = datetime.combine(day, time(), UTC) + timedelta(days=1)
    if at < ends + limits.FINAL_AFTER:
        return None
    with durable.commit():
        mine = locks.alone(lock=locks.FREEZE, letter_id=letter_id)
        if not mine or Snapshot.objects.filter(letter_id=letter_id, day=day).exists():
            return None
        states = Checkpoint.objects.filter(letter_id=letter_id, at__lt=ends)
        checkpoint = states.select_related("letter").order_by("-at").first()
        if checkpoint is None:
            return None
        made = _frozen(checkpoint, day, at)
        events.record(
            name=EventName.SNAPSHOT_FROZEN,
            subject=checkpoint.letter.public_id,
            by=events.SYSTEM,
            at=at,
            data={"day": day.isoformat(), "count": checkpoint.parts["count"]},
        )
    return made


def correct(*, snapshot: Snapshot, wrong: str, said_by: str, by: User | None, at: datetime) -> Correction:
    """Say beside a daily record what is wrong with it. The record stays as it is. Raises NotSaid."""
    if not wrong.strip() or not said_by.strip():
        raise NotSaid
    with durable.commit():
        letter = rows.locked(letter=snapshot.letter)
        made = Correction.objects.create(
            snapshot=snapshot, wrong=wrong.strip(), said_by=said_by.strip(), at=at
        )
        events.record(
            name=EventName.SNAPSHOT_CORRECTED,
            subject=letter.public_id,
            by=events.actor(by),
            at=at,
            data={"day": snapshot.day.isoformat()},
        )
        rows.save(letter=letter, at=at)
    return made


def _frozen(checkpoint: Checkpoint, day: date, at: datetime) -> Snapshot:
    # No seal moves the tally while it is locked: the countries are those of this tally.
    tally = Tally.objects.select_for_update().get(letter_id=checkpoint.letter_id)
    numbers = breakdowns.countries(tally=tally)
    said = disclosure.limit(numbers.stated, least=limits.CELL_LEAST)
    return Snapshot.objects.create(
        letter_id=checkpoint.letter_id,
        day=day,
        checkpoint=checkpoint,
        text=_binding(checkpoint.letter, checkpoint.texts),
        countries=dict(said.cells),
        other=said.other,
        not_stated=numbers.not_stated,
        countries_as_of=tally.as_of,
        frozen_at=at,
    )


def _binding(letter: Letter, number: int) -> LetterText:
    known = letter.texts.filter(number__lte=number, authoritative=True)
    return known.order_by("-version")[0]
