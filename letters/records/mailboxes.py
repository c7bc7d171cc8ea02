"""What a mailbox does, as far as the whole site must know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from letters import addresses, durable

# The key goes with the address: it would still tell who is asked about by their address.
FORGET: Final = """
UPDATE letters_signature SET email_sealed = NULL,
email_key = sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
WHERE id = ANY(%s)
"""
ANSWER: Final = "UPDATE letters_mailbox SET unanswered = 0 WHERE key = %s"  # as in `entries`


def answer(*, address: str) -> None:
    """Note that the owner of a mailbox answered: its mails were not unasked."""
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(ANSWER, [addresses.site_key(address)])


def forget(*, signatures: Sequence[int]) -> None:
    """Delete the addresses of signatures, and what finds their mailboxes again."""
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [list(signatures)])
