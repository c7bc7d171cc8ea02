"""What a member of an organization may do: one table of roles and actions.

The desk asks it for every page, `docs/organizers.md` shows it. What stands in no role here is left to the
platform's operators: approving organizations, logins, the outbox, the ledger, blocks for the whole site.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.enums import Role


class Action(StrEnum):
    """One thing that somebody may do for an organization."""

    SEE_LETTERS = "see letters"
    """Its letters, drafts and previews included, and its letterhead."""
    SEE_NUMBERS = "see numbers"
    WRITE = "write"
    """New letters, and the words and options of those that there are."""
    PUBLISH = "publish"
    """Put a letter before the public, and what follows: pause, resume, close, withdraw, answer."""
    READ_NAMES = "read names"
    """Every signature, private ones included. Addresses are sealed for everybody."""
    MODERATE = "moderate"
    """Decide of names, reasons and reports, remove signatures, block senders of forms, merge affiliations."""
    FEATURE = "feature"
    SEND = "send"
    """Write to signatories who asked for news."""
    EXPORT = "export"
    """Take private data out of the site."""
    AUDIT = "audit"
    """Read who did what."""
    LETTERHEAD = "letterhead"
    """Change the organization's name, legal name, contact and look."""
    TEAM = "team"
    """Give people roles and take them away."""
    FOUND = "found"
    """Make another organization, which then waits for approval."""


_EVERYBODY: Final = frozenset({Action.SEE_LETTERS, Action.SEE_NUMBERS})

MATRIX: Final[Mapping[Role, frozenset[Action]]] = MappingProxyType(
    {
        Role.OWNER: frozenset(Action),
        Role.EDITOR: _EVERYBODY | {Action.WRITE, Action.PUBLISH},
        Role.MODERATOR: _EVERYBODY | {Action.READ_NAMES, Action.MODERATE, Action.FEATURE},
        Role.SENDER: _EVERYBODY | {Action.SEND},
        Role.EXPORTER: _EVERYBODY | {Action.READ_NAMES, Action.EXPORT},
        Role.VIEWER: _EVERYBODY,
    }
)

ABOUT: Final[Mapping[Role, str | Promise]] = MappingProxyType(
    {
        Role.OWNER: _("Does everything, and decides who is in the team."),
        Role.EDITOR: _("Writes letters, publishes, pauses and closes them. Sees no private names."),
        Role.MODERATOR: _("Reads names and reasons, answers reports, features signatories, blocks senders."),
        Role.SENDER: _("Writes to signatories who asked for news. Sees no private names."),
        Role.EXPORTER: _("Reads every signature and takes lists out of the site."),
        Role.VIEWER: _("Sees letters, drafts and numbers, and changes nothing."),
    }
)
"""A sentence on each role."""


def may(role: Role, action: Action) -> bool:
    """Return whether a role includes an action."""
    return action in MATRIX[role]
