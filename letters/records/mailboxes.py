"""What a mailbox does, as far as the whole site must know it."""

from __future__ import annotations

from typing import Final

from django.db import connection

from letters import addresses, durable

ANSWER: Final = "UPDATE letters_mailbox SET unanswered = 0 WHERE key = %s"  # as in `entries`


def answer(*, address: str) -> None:
    """Note that the owner of a mailbox answered: its mails were not unasked."""
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(ANSWER, [addresses.site_key(address)])
