"""Mails to many: queued by chunks, so that a crash loses none and repeats none."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from letters import durable, limits
from letters.enums import EventName, MailingState, MessageKind, MessageState
from letters.models import Mailing, User
from letters.records import events
from letters.records.outbox import PRIORITY
from letters.refusal import Refusal

# {chosen} selects ids and uids. The key makes a mail that is queued already no second one.
QUEUE: Final = """
WITH chosen (id, uid) AS ({chosen}), put AS (
INSERT INTO letters_message (uid, subject, letter_id, mailing_id, kind, priority, state, next_try_at,
created_at, idempotency_key, attempts, error)
SELECT gen_random_uuid(), uid, %s, %s, %s, %s, %s, %s, %s, %s || ':' || uid, 0, '' FROM chosen
ON CONFLICT DO NOTHING RETURNING 1)
SELECT max(id), count(*), (SELECT count(*) FROM put) FROM chosen
"""


class Over(Refusal):
    """There is nothing left to stop."""

    message = _("All these mails have left already, or were stopped. Reload the page to see which.")


def advance(*, mailing_id: int, at: datetime) -> bool:
    """Queue the next mails of a mailing, a bounded number, and tell whether there may be more.

    Whoever else is at it already goes on with it: then there is nothing to do here.
    """
    with durable.commit():
        running = Mailing.objects.filter(pk=mailing_id, state=MailingState.RUNNING, begins_at__lte=at)
        mailing = running.select_for_update(skip_locked=True, of=("self",)).select_related("letter").first()
        if mailing is None:
            return False
        looked_at = _queue(mailing, at)
        if looked_at < limits.MAILED_AT_ONCE:
            _end(mailing, MailingState.DONE, EventName.MAILING_DONE, events.SYSTEM, at)
        mailing.save(update_fields=("after", "queued", "state", "ended_at"))
    return mailing.state == MailingState.RUNNING


def stop(*, mailing_id: int, by: User | None, at: datetime) -> Mailing:
    """Let no more mails of a mailing leave: those that wait are skipped at their turn. Raises Over."""
    with durable.commit():
        rows = Mailing.objects.select_for_update(of=("self",)).select_related("letter")
        mailing = rows.get(pk=mailing_id)
        if not mailing.can_stop:
            raise Over
        _end(mailing, MailingState.STOPPED, EventName.MAILING_STOPPED, events.actor(by), at)
        mailing.save(update_fields=("state", "ended_at"))
    return mailing


def _queue(mailing: Mailing, at: datetime) -> int:
    """Put one chunk into the outbox and move on behind it; return how many signatures were looked at."""
    concerned = mailing.audience().filter(pk__gt=mailing.after).order_by("pk").values("pk", "uid")
    chosen, values = concerned[: limits.MAILED_AT_ONCE].query.sql_with_params()
    kind = MessageKind(mailing.kind)
    row: list[Any] = [
        mailing.letter_id,
        mailing.pk,
        kind.value,
        PRIORITY[kind],
        MessageState.QUEUED.value,
        at,
        at,
    ]
    with connection.cursor() as cursor:
        cursor.execute(QUEUE.format(chosen=chosen), [*values, *row, f"mailing:{mailing.pk}"])
        last, looked_at, put = cursor.fetchone()
    mailing.after, mailing.queued = last or mailing.after, mailing.queued + put
    return int(looked_at)


def _end(mailing: Mailing, state: MailingState, name: EventName, by: str, at: datetime) -> None:
    mailing.state, mailing.ended_at = state, at
    data: dict[str, str | int] = {"mailing": mailing.pk, "kind": mailing.kind, "queued": mailing.queued}
    events.record(name=name, subject=mailing.letter.public_id, by=by, at=at, data=data)
