"""What a session tells of how its person proved who they are.

The login keeps a list of proofs in the session: how, and when, in seconds of the clock (POSIX time).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from letters import limits

SECOND: Final = "mfa"
"""How the login calls the second factor: a code of an app or of the list of recovery codes, or a passkey.

A passkey that was used alone is recorded so, too: its device has verified its owner, which makes it two.
"""


def verified(proofs: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a second factor was shown in this session."""
    return any(proof.get("method") == SECOND for proof in proofs)


def recent(proofs: Iterable[Mapping[str, Any]], *, at: datetime) -> bool:
    """Return whether anything was shown within the last minutes, a password alone as well."""
    since = at.timestamp() - limits.PROVED_FOR.total_seconds()
    return any(proof["at"] > since for proof in proofs)


def fresh(proofs: Iterable[Mapping[str, Any]], *, at: datetime) -> bool:
    """Return whether a second factor was shown within the last minutes."""
    return recent([proof for proof in proofs if proof.get("method") == SECOND], at=at)
