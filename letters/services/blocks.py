"""Giving no answer to a mailbox or a mail domain."""

from __future__ import annotations

from datetime import datetime

from letters import durable
from letters.enums import EventName
from letters.models import Block, User
from letters.records import events


def put(*, block: Block, by: User | None, at: datetime) -> Block:
    """Store a block. Forms of whom it names are taken as ever, and nothing comes of them."""
    block.created_at = at
    with durable.commit():
        block.save(force_insert=True)
        _record(EventName.BLOCK_PUT, block, by, at)
    return block


def lift(*, block: Block, by: User | None, at: datetime) -> None:
    """Delete a block."""
    with durable.commit():
        _record(EventName.BLOCK_LIFTED, block, by, at)
        block.delete()


def _record(name: EventName, block: Block, by: User | None, at: datetime) -> None:
    letter = block.letter.public_id if block.letter else ""
    events.record(name=name, subject=block.pk, by=events.actor(by), at=at, letter=letter)
