"""Invitations to sign: what can be signed, whose mail may leave, and wiping whom they were for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from letters import durable
from letters.enums import SIGNABLE_PHASES, SignatureKind, SignatureState
from letters.models import Guest, Letter, LetterText, Signature


def text_of(*, letter: Letter, at: datetime) -> LetterText | None:
    """Return the binding text of a letter if it can be signed at `at`, or None."""
    if letter.phase(at=at) not in SIGNABLE_PHASES:
        return None
    texts = letter.texts.filter(authoritative=True, published_at__isnull=False)
    text = texts.select_related("letter__organization").order_by("-version").first()
    return text if text and not text.withholding_id else None


def waiting(*, uid: UUID, at: datetime) -> Guest | None:
    """Return an open invitation whose mailbox has not signed yet, or None."""
    guests = Guest.objects.open(at=at).select_related("letter__organization", "invited_by")
    guest = guests.filter(uid=uid, letter__organization__approved_at__isnull=False).first()
    if guest is None:
        return None
    signed = Signature.objects.live().exclude(state=SignatureState.PENDING)
    # All kinds: the index of mailboxes begins with the letter and the kind.
    signed = signed.filter(letter=guest.letter, kind__in=SignatureKind.values, email_key=bytes(guest.key))
    return None if signed.exists() else guest


def wipe(*, guests: Sequence[int]) -> None:
    """Delete the addresses of invitations, and the words that came with them."""
    durable.demand()
    Guest.objects.filter(pk__in=guests).update(email_sealed=None, words="")


def drop(*, signature: Signature) -> None:
    """Delete the address in an invitation that went to the mailbox of a signature."""
    durable.demand()
    asked = Guest.objects.filter(letter=signature.letter_id, key=bytes(signature.email_key))
    asked.update(email_sealed=None, words="")
