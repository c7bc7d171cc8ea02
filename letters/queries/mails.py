"""What a queued message says, decided when it is written: which mail, to whom, about what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from letters import addresses, crypto
from letters.enums import MessageKind, SignatureState
from letters.models import Block, Mailbox, Message, Signature
from letters.models.message import recipient_context

CONFIRM: Final = "confirm"
REMINDER: Final = "reminder"
ALREADY_SIGNED: Final = "already_signed"
SIGNED: Final = "signed"
WITHDRAWN: Final = "withdrawn"
LINK: Final = "link"
DATA: Final = "data"
REMOVED: Final = "removed"
KINDS: Final = (CONFIRM, REMINDER, ALREADY_SIGNED, SIGNED, WITHDRAWN, LINK, DATA, REMOVED)
"""The folders of templates/emails/."""
UNASKED: Final = frozenset({CONFIRM, REMINDER, ALREADY_SIGNED, LINK})
"""Mails that somebody else than the owner of the mailbox may have caused: they need a slot of the day."""

SUITS: Final = {
    MessageKind.SIGNED: (SIGNED, SignatureState.CONFIRMED),
    MessageKind.WITHDRAWN: (WITHDRAWN, SignatureState.WITHDRAWN),
    MessageKind.REMOVED: (REMOVED, SignatureState.REMOVED),
}
"""What these messages say, as long as the signature is still in the state that they tell of."""


@dataclass(frozen=True)
class Mail:
    """One mail to write."""

    kind: str
    recipient: str
    signature: Signature


def decide(message: Message, *, at: datetime) -> Mail | None:
    """Return the mail that a message has become by `at`, or None when none is needed any more."""
    signature = _subject(message)
    if signature is None:
        return None
    recipient = _recipient(message, signature)
    kind = _kind(message, signature, at)
    if not recipient or not kind or _wants_none(recipient) or _is_blocked(recipient, message.letter_id):
        return None
    return Mail(kind, recipient, signature)


def _subject(message: Message) -> Signature | None:
    rows = Signature.objects.select_related("letter__organization", "letter__tally", "text")
    if message.mailbox is not None:
        rows = rows.filter(letter_id=message.letter_id, email_key=bytes(message.mailbox)).order_by("-pk")
        live = rows.live().first()
        return rows.first() if live is None and message.kind == MessageKind.LINK else live
    return rows.filter(uid=message.subject).first() if message.subject else None


def _recipient(message: Message, signature: Signature) -> str | None:
    if message.recipient_sealed is None:
        return signature.address
    return crypto.unseal(bytes(message.recipient_sealed), context=recipient_context(message.uid))


def _kind(message: Message, signature: Signature, at: datetime) -> str | None:
    if message.kind == MessageKind.REPLY:
        return CONFIRM if signature.state == SignatureState.PENDING else ALREADY_SIGNED
    if message.kind == MessageKind.REMINDER:
        ended = signature.letter.ended_at(at=at)
        in_time = signature.signed_in_time(ended_at=ended, at=at)
        return REMINDER if signature.state == SignatureState.PENDING and in_time else None
    if message.kind == MessageKind.LINK:
        return CONFIRM if signature.state == SignatureState.PENDING else LINK
    if message.kind == MessageKind.DATA:
        return DATA
    kind, state = SUITS[MessageKind(message.kind)]
    return kind if signature.state == state else None


def _wants_none(recipient: str) -> bool:
    mailbox = Mailbox.objects.filter(key=addresses.site_key(recipient), never_again_at__isnull=False)
    return mailbox.exists()


def _is_blocked(recipient: str, letter_id: int) -> bool:
    named = Q(key=addresses.site_key(recipient)) | Q(domain=addresses.domain_of(recipient))
    return Block.objects.filter(named, Q(letter=None) | Q(letter_id=letter_id)).exists()
