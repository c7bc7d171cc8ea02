"""What the outbox of a letter holds, asked past the product."""

from __future__ import annotations

from typing import Final

from tests.faults.stage import Stage

OF: Final = "letter_id = (SELECT id FROM letters_letter WHERE slug = %s)"


def waiting(stage: Stage, slug: str) -> int:
    """Return how many mails have not been settled."""
    return stage.number(f"SELECT count(*) FROM letters_message WHERE state = 'queued' AND {OF}", slug)


def signatures_without_message(stage: Stage, slug: str) -> int:
    """Return how many signatures have no reply. Only while no worker runs: a settled one is wiped."""
    return stage.number(
        f"SELECT count(*) FROM letters_signature AS signature WHERE {OF} AND NOT EXISTS ("
        "SELECT FROM letters_message AS message WHERE message.kind = 'reply' "
        "AND message.letter_id = signature.letter_id AND message.mailbox = signature.email_key)",
        slug,
    )


def messages_without_signature(stage: Stage, slug: str) -> int:
    """Return how many replies answer to nobody."""
    return stage.number(
        f"SELECT count(*) FROM letters_message AS message WHERE {OF} AND kind = 'reply' AND NOT EXISTS ("
        "SELECT FROM letters_signature AS signature "
        "WHERE message.letter_id = signature.letter_id AND message.mailbox = signature.email_key)",
        slug,
    )


def clear(stage: Stage, slug: str) -> None:
    """Drop what is queued, so that the next fault's mail worker has only its own to send."""
    stage.ask(f"DELETE FROM letters_message WHERE {OF}", slug)
