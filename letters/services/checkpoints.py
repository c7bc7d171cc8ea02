"""Signing what was sealed, and saying so when that cannot be."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from letters import durable, signing
from letters.enums import EventName
from letters.models import Checkpoint, CheckpointSignature, Event, Letter
from letters.records import events, locks

log = logging.getLogger(__name__)
ALARM_AGAIN: Final = timedelta(hours=1)


class Publish(Protocol):
    """What brings the files that a checkpoint speaks of, and then its note, out of the database."""

    def __call__(self, checkpoint: Checkpoint, note: str, /, *, vkeys: Sequence[str]) -> None:
        """Return when they are there."""


def sign(*, letter_id: int, publish: Publish, at: datetime) -> bool:
    """Sign the newest sealed state, have it published, and remember the note. Return whether it was new.

    Sealing has committed before: what is signed cannot be undone by a crash. The row of the note comes
    last, so that nobody is shown a note which the published files, our memory against forks, do not
    hold. A crash in between repeats the same bytes (RFC 8032). One at a time, and only forward.
    What `publish` raises ends it. Raises signing.NoKey.
    """
    with durable.commit():
        mine = locks.alone(lock=locks.SIGN, letter_id=letter_id)
        newest = Checkpoint.objects.newest(letter_id=letter_id) if mine else None
        if newest is None or CheckpointSignature.objects.filter(checkpoint=newest).exists():
            return False
        origin = Letter.objects.values_list("origin", flat=True).get(pk=letter_id)
        note = signing.note(origin=origin, size=newest.size, root=bytes(newest.root))
        vkeys = signing.vkeys(origin)
        publish(newest, note, vkeys=vkeys)
        CheckpointSignature.objects.create(checkpoint=newest, note=note, vkeys=vkeys, signed_at=at)
    return True


def alarm(*, letter_id: int, name: EventName, data: dict[str, str | int], at: datetime) -> None:
    """Log that a ledger stands still and why, and record it, once an hour."""
    with durable.commit():
        public_id = Letter.objects.values_list("public_id", flat=True).get(pk=letter_id)
        log.error("%s: the ledger of letter %s: %s", name, public_id, data)
        if Event.objects.filter(subject=public_id, name=name, at__gt=at - ALARM_AGAIN).exists():
            return
        events.record(name=name, subject=public_id, by=events.SYSTEM, at=at, data=data)
