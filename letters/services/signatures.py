"""Signing, confirming, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection
from django.utils.translation import gettext_lazy as _

from letters import addresses, crypto, durable, folding
from letters.enums import (
    SIGNABLE_PHASES,
    WITHDRAWABLE_STATES,
    EventName,
    MessageKind,
    Method,
    SignatureKind,
    SignatureState,
    Visibility,
)
from letters.models import Letter, LetterText, Signature, claim
from letters.models.signature import address_context, display_for
from letters.records import entries, events, features, mailboxes, names, outbox
from letters.refusal import Refusal


class NotOpen(Refusal):
    """The letter cannot be signed at this moment."""

    message = _("This letter cannot be signed at the moment.")


class TextChanged(Refusal):
    """Another text is signed now than the one that was read."""

    message = _("The text was changed while you were reading. Read what it says now, then sign.")


class Withheld(Refusal):
    """The words are withheld by order of law."""

    message = _(
        "The text is withheld by order of law, so it cannot be signed. The letter says by whose order."
    )


class TooLate(Refusal):
    """The letter has closed and the signature was not confirmed in time."""

    message = _("This letter has closed. Your signature was not confirmed in time, so it is not counted.")


class Changed(Refusal):
    """The row is not what the person saw when they confirmed it."""

    message = _("Your details changed since this page was opened. Please read them again, then confirm.")


class Unknown(Refusal):
    """There is no such signature, or its owner has withdrawn it."""

    message = _("This signature was withdrawn or deleted. You can sign again.")


@dataclass(frozen=True)
class Answers:
    """What a person filled in, cleaned by the form."""

    name: str
    email: str
    visibility: Visibility
    role: str = ""
    affiliation: str = ""
    country: str = ""
    updates: bool = False
    form_key: str = ""
    source: str = ""
    """The code of the organizer's link that led to the form."""
    language: str = ""
    """The one in which the letter was read; without it, the text's."""
    read: int | None = None
    """The number of the text that was read; without it, the one that is signed."""
    kind: SignatureKind = SignatureKind.PERSON


COLUMNS: Final = (
    "uid", "letter_id", "text_id", "kind", "name", "search_name", "role", "affiliation", "country",
    "language", "visibility", "display", "state", "method", "evidence", "email_key", "email_sealed",
    "updates", "consent_version", "source", "form_key", "created_at",
)  # fmt: skip
RENEWED: Final = (
    "text_id", "name", "search_name", "role", "affiliation", "country", "language", "visibility", "display",
    "email_sealed", "updates", "consent_version", "source", "form_key", "created_at",
)  # fmt: skip
# The ORM's upserts cannot name a partial index, nor a condition on what is updated. A mailbox whose
# signature already counts keeps it untouched, and the answer is the same.
UPSERT: Final = """
INSERT INTO letters_signature ({columns}) VALUES ({places})
ON CONFLICT (letter_id, kind, email_key) WHERE state IN ('pending', 'confirmed', 'held', 'removed')
DO UPDATE SET {renewed} WHERE letters_signature.state = 'pending'
""".format(  # built from the constants above
    columns=", ".join(COLUMNS),
    places=", ".join(["%s"] * len(COLUMNS)),
    renewed=", ".join(f"{column} = EXCLUDED.{column}" for column in RENEWED),
)
# Both rows in one statement, which is one transaction and one round trip.
SIGN: Final = f"WITH signed AS ({UPSERT}) {outbox.INSERT_REPLY}"
# As in `queries.letters.to_sign`: the ORM would take longer to write this than PostgreSQL to do it.
SIGNATURE: Final = tuple(field.attname for field in Signature._meta.concrete_fields)
LETTER: Final = ("id", "origin", "closed_at", "withdrawn_at", "closes_at", "address_rules")
TEXT: Final = ("id", "h", "withholding_id")
LOCK_TO_CONFIRM: Final = f"""
SELECT letter.{", letter.".join(LETTER)}, text.{", text.".join(TEXT)},
signature.{", signature.".join(SIGNATURE)}
FROM letters_signature AS signature
JOIN letters_letter AS letter ON letter.id = signature.letter_id
JOIN letters_lettertext AS text ON text.id = signature.text_id
WHERE signature.uid = %s FOR NO KEY UPDATE OF signature
"""  # noqa: S608 - built from the constants above
CONFIRM: Final = """
UPDATE letters_signature SET state = %s, confirmed_at = %s, commitment = %s, salt_sealed = %s WHERE id = %s
"""


def sign(*, text: LetterText, answers: Answers, at: datetime) -> bytes:
    """Store a signature that waits for its owner, and queue the answer by mail.

    Returns the mailbox key. Whoever holds the mailbox already, nothing here tells: a pending
    signature is renewed, any other stays as it is, and the worker chooses the mail.
    Raises NotOpen, TextChanged, Withheld.
    """
    letter = text.letter
    _check(text, answers, at)
    mailbox = addresses.mailbox_key(answers.email, letter_id=letter.pk, version=letter.address_rules)
    row: dict[str, Any] = {
        "uid": uuid4(),
        "letter_id": letter.pk,
        "text_id": text.pk,
        "kind": answers.kind.value,
        "name": answers.name,
        "search_name": folding.fold(answers.name),
        "role": answers.role,
        "affiliation": answers.affiliation,
        "country": answers.country,
        "language": answers.language or text.language,
        "visibility": answers.visibility.value,
        "display": display_for(answers.visibility, after_review=letter.names_after_review).value,
        "state": SignatureState.PENDING.value,
        "method": Method.EMAIL.value,
        "evidence": "",
        "email_key": mailbox,
        "email_sealed": crypto.seal(answers.email, context=address_context(mailbox)),
        "updates": answers.updates,
        "consent_version": letter.consent.number,
        "source": answers.source,
        "form_key": answers.form_key,
        "created_at": at,
    }
    reply = outbox.reply(letter_id=letter.pk, mailbox=mailbox, recipient=answers.email, at=at)
    with durable.statement() as cursor:
        cursor.execute(SIGN, [*(row[column] for column in COLUMNS), *reply])
    return mailbox


def confirm(*, uid: UUID, seen: str, at: datetime) -> Signature:
    """Count a signature from now on. `seen` is the digest of what its owner was shown.

    Doing it again changes nothing. Raises Unknown, Changed, TooLate, Withheld.
    """
    with durable.commit():
        signature = _locked_to_confirm(uid)
        if signature.state == SignatureState.WITHDRAWN:
            raise Unknown
        if signature.state != SignatureState.PENDING:
            return signature
        if signature.seen_digest() != seen:
            raise Changed
        if not signature.signed_in_time(ended_at=signature.letter.ended_at(at=at), at=at):
            raise TooLate
        if signature.text.withholding_id:
            raise Withheld
        signature.state, signature.confirmed_at = SignatureState.CONFIRMED, at
        claim.commit(signature)
        values: list[Any] = [
            signature.state.value, at, signature.commitment, signature.salt_sealed, signature.pk,
        ]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(CONFIRM, values)
        entries.put(signature=signature, at=at)
        if address := signature.address:
            mailboxes.answer(address=address)
        events.record(name=EventName.SIGNATURE_CONFIRMED, subject=uid, by=events.SIGNATORY, at=at)
    return signature


def withdraw(*, uid: UUID, at: datetime) -> Signature:
    """Take a signature back, for good. Its name is gone from pages at once, the number follows.

    Doing it again changes nothing. Raises Unknown.
    """
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None:
            raise Unknown
        if signature.state not in WITHDRAWABLE_STATES:
            return signature
        was_on_the_wall = signature.is_on_the_wall
        signature.mark_withdrawn(at=at)
        features.drop(signature=signature)
        if signature.confirmed_at:
            entries.put(signature=signature, at=at)
            events.record(name=EventName.SIGNATURE_WITHDRAWN, subject=uid, by=events.SIGNATORY, at=at)
        outbox.put(kind=MessageKind.WITHDRAWN, letter_id=signature.letter_id, subjects=[uid], at=at)
        if was_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature


def resend(*, letter_id: int, mailbox: bytes, at: datetime) -> None:
    """Queue the answer to a form once more. Like `sign` it tells nothing about the mailbox."""
    reply = outbox.reply(letter_id=letter_id, mailbox=mailbox, recipient=None, at=at)
    with durable.statement() as cursor:
        cursor.execute(outbox.INSERT_REPLY, reply)


def _check(text: LetterText, answers: Answers, at: datetime) -> None:
    if text.letter.phase(at=at) not in SIGNABLE_PHASES:
        raise NotOpen
    if text.withholding_id:
        raise Withheld
    if answers.read not in (None, text.number):
        raise TextChanged


def _locked_to_confirm(uid: UUID) -> Signature:
    """Return the whole row, with as much of its letter and text as the decision needs."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_TO_CONFIRM, [uid])
        row = cursor.fetchone()
    if row is None:
        raise Unknown
    text_at, own_at = len(LETTER), len(LETTER) + len(TEXT)
    letter, text, columns = row[:text_at], row[text_at:own_at], row[own_at:]
    signature = Signature.from_db(connection.alias, SIGNATURE, columns)
    signature.letter = Letter.from_db(connection.alias, LETTER, letter)
    signature.text = LetterText.from_db(connection.alias, TEXT, text)
    return signature
