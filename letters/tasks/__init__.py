"""What Celery runs. A message is a hint that rows of work exist: ids in, one call, nothing returned."""

from letters.tasks import (
    breakdowns,
    cards,
    figures,
    ledger,
    letters,
    mailings,
    messages,
    signatures,
    snapshots,
)

__all__ = [
    "breakdowns",
    "cards",
    "figures",
    "ledger",
    "letters",
    "mailings",
    "messages",
    "signatures",
    "snapshots",
]
