"""Checking the published number against the signatures. It raises an alarm and repairs nothing."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from django.db.models import Count, F, Q, Sum

from letters import durable, tallying
from letters.enums import EventName, Interval
from letters.models import Checkpoint, Leaf, LedgerEntry, Signature, Tally, TallyPoint
from letters.records import events, tallies

log = logging.getLogger(__name__)
PARTS = (
    "signed", "withdrawn", "removed", "count", "persons", "organizations", "public", "private",
    "erased_counted", "by_email", "by_institution", "by_orcid", "by_openid", "by_checked",
)  # fmt: skip


def compare(*, letter_id: int, at: datetime) -> dict[str, int]:
    """Return by how much each figure of a letter differs from what stands behind it; nothing is right.

    Four lists must agree: the tally, what the signatures say that the tally holds of them, the points of
    the chart, and the last checkpoint with its leaves (`manage.py verify_ledger` reads each of them).
    A signature that differs from what the tally holds of it must be queued. A difference is logged as an
    error and recorded as an event; only people may repair it.
    """
    with durable.commit():
        tally = Tally.objects.select_for_update().select_related("letter").get(letter_id=letter_id)
        found = _parts_that_differ(tally) | _texts_that_differ(tally) | _points_that_differ(tally)
        found |= _ledger_that_differs(tally) | _strays(letter_id)
        if found:
            events.record(
                name=EventName.TALLY_DIFFERS,
                subject=tally.letter.public_id,
                by=events.SYSTEM,
                at=at,
                data=dict(found),
            )
    if found:
        log.error("the number of letter %s differs: %s", tally.letter.public_id, found)
    return found


def _parts_that_differ(tally: Tally) -> dict[str, int]:
    held = tallies.held(letter_id=tally.letter_id)
    held["signed"] += tally.lost  # leaves without a signature: what a restore did not bring back
    steps = {part: getattr(tally, part) - held[part] for part in PARTS}
    return {part: step for part, step in steps.items() if step}


def _texts_that_differ(tally: Tally) -> dict[str, int]:
    steps = Counter(tally.by_text)
    steps.subtract(tallies.by_text(letter_id=tally.letter_id))
    return {f"text_{number}": step for number, step in steps.items() if step}


def _points_that_differ(tally: Tally) -> dict[str, int]:
    found = {}
    for interval in Interval.values:
        points = TallyPoint.objects.filter(letter_id=tally.letter_id, interval=interval)
        total = points.aggregate(total=Sum(F("new") - F("withdrawn") - F("removed")))["total"] or 0
        if total != tally.count:
            found[f"points_by_{interval}"] = total - tally.count
    return found


def _ledger_that_differs(tally: Tally) -> dict[str, int]:
    newest = Checkpoint.objects.newest(letter_id=tally.letter_id)
    if newest is None or (newest.size, bytes(newest.root)) != (tally.size, bytes(tally.root)):
        return {"ledger": tally.size - (newest.size if newest else 0) or 1}
    parts = tally.parts()
    found = {f"sealed_{part}": parts[part] - number for part, number in newest.parts.items()}
    found["leaves"] = tally.size - Leaf.objects.filter(letter_id=tally.letter_id).count()
    return {part: step for part, step in found.items() if step}


def _strays(letter_id: int) -> dict[str, int]:
    """Count the signatures that changed past the queue: by a hand in the database, for instance."""
    queued = LedgerEntry.objects.filter(letter_id=letter_id).values("signature_id")
    rows = Signature.objects.filter(letter_id=letter_id, confirmed_at__isnull=False).exclude(pk__in=queued)
    marked = rows.annotate(
        erased=Q(erased_at__isnull=False),
        changed=Q(tallied__in=tallying.HELD) & (Q(commitment__isnull=False) | ~Q(method=F("counted_method"))),
    )
    groups = marked.values("state", "display", "tallied", "erased", "changed")
    strays = 0
    for row in groups.annotate(rows=Count("pk")).order_by():
        held = tallying.held_as(
            state=row["state"],
            display=row["display"],
            erased=row["erased"],
            before=row["tallied"],
        )
        strays += row["rows"] if row["changed"] or held != row["tallied"] else 0
    return {"strays": strays} if strays else {}
