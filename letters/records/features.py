"""Ending what a check was shown for, when what was checked is no more."""

from __future__ import annotations

from letters import durable
from letters.models import Feature, Signature


def drop(*, signature: Signature) -> None:
    """Feature a signature no longer, if it was. The event of the cause says why."""
    durable.demand()
    Feature.objects.filter(signature=signature).delete()
