"""Deleting what readers said of a name, when its owner is forgotten."""

from __future__ import annotations

from letters import durable, folding
from letters.models import Report, Signature


def drop(*, signature: Signature) -> None:
    """Delete the settled reports of the name of a signature that still has it.

    One that is open is somebody else's question: it waits for its answer, or for its end.
    """
    durable.demand()
    settled = Report.objects.filter(letter=signature.letter_id, settled_at__isnull=False)
    theirs = [
        pk for pk, name in settled.values_list("pk", "name") if folding.fold(name) == signature.search_name
    ]
    Report.objects.filter(pk__in=theirs).delete()
