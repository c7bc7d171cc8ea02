"""What Celery runs. A message is a hint that rows of work exist: ids in, one call, nothing returned."""

from letters.tasks import ledger, messages, signatures

__all__ = ["ledger", "messages", "signatures"]
