"""The organizers' desk: one module per noun, each a page of `site.Desk`."""

from letters.admin import blocks, events, ledger, letters, messages, organizations, signatures, tallies, users

__all__ = [
    "blocks",
    "events",
    "ledger",
    "letters",
    "messages",
    "organizations",
    "signatures",
    "tallies",
    "users",
]
