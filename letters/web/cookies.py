"""The short cookie that opens the pages of one signature and of no other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from letters import limits, tokens
from letters.models import Signature
from letters.queries import signatures as asked
from letters.tokens import Purpose

COOKIE: Final = "signature"
FRESH: Final = "fresh"


def give(response: HttpResponse, *, uid: UUID, at: datetime) -> None:
    """Let whoever gets this answer open the pages of a signature for an hour."""
    _set(response, COOKIE, Purpose.COOKIE, uid, at, limits.MANAGE_FOR)


def give_fresh(response: HttpResponse, *, uid: UUID, at: datetime) -> None:
    """Let whoever gets this answer also take, empty or delete all that we hold of a signature."""
    give(response, uid=uid, at=at)
    _set(response, FRESH, Purpose.FRESH, uid, at, limits.FRESH_FOR)


def opens(request: HttpRequest, uid: UUID) -> bool:
    """Whether the request carries the cookie of exactly this signature. Asks no database."""
    return _issued(request, COOKIE, Purpose.COOKIE, uid, limits.MANAGE_FOR) is not None


def opened(request: HttpRequest, uid: UUID) -> Signature | None:
    """Return the signature if the request carries its cookie, given since older links were revoked."""
    return _opened(uid, _issued(request, COOKIE, Purpose.COOKIE, uid, limits.MANAGE_FOR))


def opened_fresh(request: HttpRequest, uid: UUID) -> Signature | None:
    """Return the signature if the request comes from a mail that its owner asked for just now."""
    return _opened(uid, _issued(request, FRESH, Purpose.FRESH, uid, limits.FRESH_FOR))


def _opened(uid: UUID, issued: datetime | None) -> Signature | None:
    signature = asked.by_uid(uid=uid) if issued else None
    return signature if signature and issued and signature.accepts_links_of(issued) else None


def _set(
    response: HttpResponse, name: str, purpose: Purpose, uid: UUID, at: datetime, lasting: timedelta
) -> None:
    response.set_cookie(
        name,
        tokens.make(purpose, uid=uid, at=at),
        max_age=lasting,
        path=reverse("letters:manage", args=[uid]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _issued(
    request: HttpRequest, name: str, purpose: Purpose, uid: UUID, lasting: timedelta
) -> datetime | None:
    try:
        claim = tokens.read(request.COOKIES.get(name, ""), purpose)
    except tokens.BadToken:
        return None
    fits = claim.uid == uid and not claim.expired(at=timezone.now(), after=lasting)
    return claim.issued if fits else None
