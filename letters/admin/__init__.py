"""The organizers' desk: one module per noun, each a page of `site.Desk`."""

from letters.admin import (
    blocks,
    events,
    features,
    ledger,
    letters,
    mailings,
    messages,
    names,
    organizations,
    reasons,
    reports,
    signatures,
    snapshots,
    tallies,
    updates,
    users,
)

__all__ = [
    "blocks",
    "events",
    "features",
    "ledger",
    "letters",
    "mailings",
    "messages",
    "names",
    "organizations",
    "reasons",
    "reports",
    "signatures",
    "snapshots",
    "tallies",
    "updates",
    "users",
]
