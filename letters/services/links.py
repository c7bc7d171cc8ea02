"""Mailed links to a signature: sending another one, and making older ones open nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from letters import addresses, durable
from letters.enums import EventName, MessageKind
from letters.models import Letter, Signature
from letters.records import events, outbox


def send(*, letter: Letter, email: str, at: datetime) -> None:
    """Queue a link for whoever signed this letter from a mailbox. It tells nothing about the mailbox.

    It leaves for the address as typed here, and only if the worker finds a signature of that mailbox.
    """
    mailbox = addresses.mailbox_key(email, letter_id=letter.pk, version=letter.address_rules)
    asked = outbox.to_mailbox(
        kind=MessageKind.LINK, letter_id=letter.pk, mailbox=mailbox, recipient=email, at=at
    )
    with durable.statement() as cursor:
        cursor.execute(outbox.INSERT_REPLY, asked)


def send_fresh(*, uid: UUID, at: datetime) -> None:
    """Queue the short-lived link that shows, empties or deletes all we hold of a signature.

    One a minute at most; without an address to write to, nothing is queued.
    """
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is not None and signature.email_sealed is not None:
            key = f"{at:%Y%m%d%H%M}"
            outbox.put(kind=MessageKind.DATA, letter_id=signature.letter_id, subjects=[uid], at=at, once=key)


def revoke(*, uid: UUID, at: datetime) -> None:
    """Let every link and every open page from before `at` open nothing any more."""
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is not None:
            signature.links_since = at
            signature.save(update_fields=("links_since",))
            events.record(name=EventName.LINKS_REVOKED, subject=uid, by=events.SIGNATORY, at=at)
