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
        events.record(name=EventName.BLOCK_PUT, subject=block.pk, by=events.actor(by), at=at)
    return block


def lift(*, block: Block, by: User | None, at: datetime) -> None:
    """Delete a block."""
    with durable.commit():
        events.record(name=EventName.BLOCK_LIFTED, subject=block.pk, by=events.actor(by), at=at)
        block.delete()
