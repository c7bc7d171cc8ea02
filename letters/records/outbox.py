"""Putting mails into the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q

from letters import addresses, crypto, durable
from letters.enums import LIVE_STATES, MessageKind, MessageState
from letters.models import Message, Report, Signature
from letters.models.message import recipient_context

# Lower leaves first: somebody waits for an answer, nobody waits for a receipt.
PRIORITY: Final = {
    MessageKind.REPLY: 1,
    MessageKind.LOGIN_CODE: 1,
    MessageKind.PASSWORD: 2,
    MessageKind.FACTOR_ASKED: 2,
    MessageKind.FACTOR_RESET: 2,
    MessageKind.LOGIN_CHANGED: 2,
    MessageKind.LINK: 2,
    MessageKind.DATA: 2,
    MessageKind.INVITATION: 2,
    MessageKind.GUEST: 5,
    MessageKind.WITHDRAWN: 5,
    MessageKind.SIGNED: 5,
    MessageKind.REMOVED: 5,
    MessageKind.HIDDEN: 5,
    MessageKind.ANSWER: 5,
    MessageKind.REMINDER: 7,
    MessageKind.AMENDED: 8,
    MessageKind.CLOSED: 9,
    MessageKind.UPDATE: 9,
}
COLUMNS: Final = tuple(field.attname for field in Message._meta.concrete_fields if not field.primary_key)
# One goes out with each form, in the same statement: see `services.signatures.sign`.
INSERT_REPLY: Final = (
    f"INSERT INTO letters_message ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) "  # noqa: S608
    "ON CONFLICT DO NOTHING"
)


# One goes out for each signature of a seal, ten thousand of them in a burst.
INSERT_ALL: Final = """
INSERT INTO letters_message (uid, subject, letter_id, kind, priority, state, next_try_at, created_at,
idempotency_key, attempts, error)
SELECT gen_random_uuid(), subject, %s, %s, %s, %s, %s, %s, %s || ':' || subject, 0, ''
FROM unnest(%s::uuid[]) AS subject ON CONFLICT DO NOTHING
"""


def reply(*, letter_id: int, mailbox: bytes, recipient: str | None, at: datetime) -> list[Any]:
    """Return the values of INSERT_REPLY for the answer to a form of signing."""
    kind = MessageKind.REPLY
    return to_mailbox(kind=kind, letter_id=letter_id, mailbox=mailbox, recipient=recipient, at=at)


def to_mailbox(
    *, kind: MessageKind, letter_id: int, mailbox: bytes, recipient: str | None, at: datetime
) -> list[Any]:
    """Return the values of INSERT_REPLY: an answer to a form, one per kind, mailbox, letter and minute.

    Without a recipient it goes to the address that the signature has when it is sent.
    """
    uid = uuid4()
    message = Message(
        uid=uid,
        kind=kind,
        letter_id=letter_id,
        mailbox=mailbox,
        recipient_sealed=crypto.seal(recipient, context=recipient_context(uid)) if recipient else None,
        idempotency_key=f"{kind}:{letter_id}:{addresses.digest(mailbox)}:{at:%Y%m%d%H%M}",
        priority=PRIORITY[kind],
        next_try_at=at,
        created_at=at,
    )
    return [getattr(message, column) for column in COLUMNS]


def put(
    *,
    kind: MessageKind,
    letter_id: int,
    subjects: Iterable[UUID],
    at: datetime,
    wait: timedelta = timedelta(0),
    once: str = "",
) -> None:
    """Queue one mail of `kind` for each signature; its address is read when it is sent, `wait` from now.

    A signature gets one mail of a kind, or one for each value of `once`.
    """
    durable.demand()
    values: list[Any] = [letter_id, str(kind), PRIORITY[kind], str(MessageState.QUEUED), at + wait, at]
    key = f"{kind}:{once}" if once else str(kind)
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ALL, [*values, key, list(subjects)])


def answer(*, report: Report, recipient: str, at: datetime) -> None:
    """Queue the one answer to a report, for the address that came with it."""
    durable.demand()
    uid, kind = uuid4(), MessageKind.ANSWER
    Message.objects.create(
        uid=uid,
        kind=kind,
        letter_id=report.letter_id,
        subject=report.uid,
        recipient_sealed=crypto.seal(recipient, context=recipient_context(uid)),
        idempotency_key=f"{kind}:{report.uid}",
        priority=PRIORITY[kind],
        next_try_at=at,
        created_at=at,
    )


def invite(*, kind: MessageKind, subject: UUID, at: datetime, letter_id: int | None = None) -> None:
    """Queue the one mail of an invitation, to work here or to sign; its address is read when it is sent."""
    durable.demand()
    Message.objects.create(
        kind=kind,
        subject=subject,
        letter_id=letter_id,
        idempotency_key=f"{kind}:{subject}",
        priority=PRIORITY[kind],
        next_try_at=at,
        created_at=at,
    )


def of_login(
    *, kind: MessageKind, at: datetime, uid: UUID | None = None, recipient: str = "", about: int = 0
) -> None:
    """Queue a mail about a login: for an address that somebody typed, or about a row with this number.

    Whether the address has a login is looked up when it is sent, so that asking tells nobody.
    """
    durable.demand()
    uid = uid or uuid4()
    Message.objects.create(
        uid=uid,
        kind=kind,
        subject=UUID(int=about) if about else None,
        recipient_sealed=crypto.seal(recipient, context=recipient_context(uid)) if recipient else None,
        idempotency_key=f"{kind}:{uid}",
        priority=PRIORITY[kind],
        next_try_at=at,
        created_at=at,
    )


def drop(*, signature: Signature, at: datetime) -> None:
    """Send nothing of what is queued about a signature, or to its mailbox while it holds the place there."""
    durable.demand()
    about = Q(subject=signature.uid)
    if signature.state in LIVE_STATES:
        about |= Q(letter_id=signature.letter_id, mailbox=bytes(signature.email_key))
    Message.objects.filter(about, state=MessageState.QUEUED).update(
        state=MessageState.SKIPPED, settled_at=at, recipient_sealed=None, mailbox=None, lease_until=None
    )
