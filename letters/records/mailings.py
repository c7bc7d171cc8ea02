"""Beginning mails to many, beside the change that they tell of."""

from __future__ import annotations

from datetime import datetime

from letters import durable
from letters.enums import MessageKind
from letters.models import Letter, LetterText, Mailing, Update


def put(
    *,
    kind: MessageKind,
    letter: Letter,
    at: datetime,
    update: Update | None = None,
    text: LetterText | None = None,
    begins_at: datetime | None = None,
) -> None:
    """Have a mail queued for each signatory whom `kind` concerns, from `begins_at` on, or at once.

    The end of a letter is told once.
    """
    durable.demand()
    if kind == MessageKind.CLOSED and letter.mailings.filter(kind=kind).exists():
        return
    Mailing.objects.create(
        kind=kind, letter=letter, update=update, text=text, created_at=at, begins_at=begins_at or at
    )
