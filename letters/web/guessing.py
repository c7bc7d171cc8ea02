"""Guessing is locked after a few tries; this notes when.

The tries are counted in the cache (advocacy/cache.py). While it is away nothing can be counted, and every try
is refused: an hour in which nobody can log in does less harm than one in which anybody may guess at will.
"""

from __future__ import annotations

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils import timezone

from letters.models import User
from letters.services import logins

PASSWORD: Final = "password"  # noqa: S105 - what was guessed at
FACTOR: Final = "factor"
MAILED: Final = "mailed_code"


def note(request: HttpRequest, *, key: str, user: User | None, way: str) -> None:
    """Record it if the try that just failed was the last one. Asking does not count as a try."""
    left = ratelimit.consume(request, app="allauth.account", action="login_failed", key=key, dry_run=True)
    if not left:
        lock(user, way)


def lock(user: User | None, way: str) -> None:
    """Record that a way to log in is locked for a while."""
    logins.lock(user=user, way=way, at=timezone.now())


def key_of(user: User) -> str:
    """Return under which name the login counts wrong codes and passkeys of a person."""
    return f"mfa-auth-user-{user.pk}"
