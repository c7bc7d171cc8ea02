"""Forms that wait for the owner of the mailbox: confirming by code, reminding, disowning, expiring."""

from __future__ import annotations

import hmac
from collections import defaultdict
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from letters import addresses, durable, limits, tokens
from letters.enums import EventName, MessageKind, SignatureState
from letters.models import Mailbox, Signature
from letters.records import events, outbox
from letters.refusal import Refusal

# One statement, and one write for whatever holds the mailbox's place: the time that a wrong code
# takes must not tell whether a signature waits or counts. After the last try it stays one above.
TRY: Final = """
UPDATE letters_signature SET code_tries = LEAST(code_tries + 1, %s)
WHERE letter_id = %s AND email_key = %s AND state IN ('pending', 'confirmed', 'held', 'removed')
RETURNING uid, state = 'pending' AND created_at > %s AND code_tries <= %s
"""


class WrongCode(Refusal):
    """The code is not the one in the mail, or it was tried too often, or nothing waits: it does not tell."""

    message = _(
        "This code does not open anything. Check the digits in the newest mail, or open the link in it: "
        "the link works, too."
    )


def open_by_code(*, letter_id: int, mailbox: bytes, code: str, at: datetime) -> UUID:
    """Return which signature a mailed code opens. Each call is one of the few tries. Raises WrongCode."""
    with durable.commit(), connection.cursor() as cursor:
        most, oldest = limits.CODE_TRIES, at - limits.CONFIRM_WITHIN
        cursor.execute(TRY, [most + 1, letter_id, mailbox, oldest, most])
        rows = cursor.fetchall()
    for uid, opens in rows:
        if opens and hmac.compare_digest(tokens.code(uid=uid), code):
            return UUID(str(uid))
    raise WrongCode


def disown(*, uid: UUID, never_again: bool, at: datetime) -> None:
    """Delete a form that the owner of the mailbox did not send, and on request write there never again.

    What was confirmed stays: its owner withdraws it.
    """
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None:
            return
        if never_again and (address := signature.address):
            Mailbox.objects.update_or_create(
                key=addresses.site_key(address),
                defaults={"never_again_at": at},
                create_defaults={"day": at.date(), "unanswered": 0, "never_again_at": at},
            )
            events.record(name=EventName.MAILBOX_CLOSED, subject=uid, by=events.SIGNATORY, at=at)
        if signature.state == SignatureState.PENDING:
            signature.delete()


def remind(*, at: datetime) -> int:
    """Queue one mail for each form that waits since yesterday; return how many, a bounded number per call."""
    with durable.commit():
        waiting = Signature.objects.filter(
            state=SignatureState.PENDING,
            reminded_at=None,
            created_at__lte=at - limits.REMIND_AFTER,
            created_at__gt=at - limits.CONFIRM_WITHIN + limits.REMIND_AFTER,
        ).order_by("created_at")
        rows = waiting.select_for_update(skip_locked=True, no_key=True).only("letter_id", "uid")
        chosen = list(rows[: limits.ROWS_AT_ONCE])
        Signature.objects.filter(pk__in=[row.pk for row in chosen]).update(reminded_at=at)
        subjects = defaultdict(list)
        for row in chosen:
            subjects[row.letter_id].append(row.uid)
        for letter_id, uids in subjects.items():
            outbox.put(kind=MessageKind.REMINDER, letter_id=letter_id, subjects=uids, at=at)
    return len(chosen)


def expire(*, at: datetime) -> int:
    """Delete forms that nobody confirmed in time, whole; return how many, a bounded number per call."""
    with durable.commit():
        old = Signature.objects.filter(
            state=SignatureState.PENDING, created_at__lt=at - limits.PENDING_KEPT
        ).order_by("created_at")
        ids = list(
            old.select_for_update(skip_locked=True).values_list("pk", flat=True)[: limits.ROWS_AT_ONCE]
        )
        Signature.objects.filter(pk__in=ids).delete()
    return len(ids)
