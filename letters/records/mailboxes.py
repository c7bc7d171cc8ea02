"""What a mailbox does, as far as the whole site must know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.db.models import Q

from letters import addresses, durable
from letters.models import Block, Mailbox

# The key goes with the address: it would still tell who is asked about by their address.
FORGET: Final = """
UPDATE letters_signature SET email_sealed = NULL,
email_key = sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
WHERE id = ANY(%s)
"""
ANSWER: Final = "UPDATE letters_mailbox SET unanswered = 0 WHERE key = %s"  # as in `entries`


def refuses(*, address: str, letter_id: int | None) -> bool:
    """Return whether no mail leaves for an address: its owner wants none, or it is blocked here."""
    key = addresses.site_key(address)
    if Mailbox.objects.filter(key=key, never_again_at__isnull=False).exists():
        return True
    named = Q(key=key) | Q(domain=addresses.domain_of(address))
    here = Q(letter=None) if letter_id is None else Q(letter=None) | Q(letter_id=letter_id)
    return Block.objects.filter(named, here).exists()


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
