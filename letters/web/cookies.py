"""The short cookie that opens the pages of one signature and of no other."""

from __future__ import annotations

from datetime import datetime
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


def give(response: HttpResponse, *, uid: UUID, at: datetime) -> None:
    """Let whoever gets this answer open the pages of a signature for an hour."""
    response.set_cookie(
        COOKIE,
        tokens.make(Purpose.COOKIE, uid=uid, at=at),
        max_age=limits.MANAGE_FOR,
        path=reverse("letters:manage", args=[uid]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def opens(request: HttpRequest, uid: UUID) -> bool:
    """Whether the request carries the cookie of exactly this signature. Asks no database."""
    try:
        claim = tokens.read(request.COOKIES.get(COOKIE, ""), Purpose.COOKIE)
    except tokens.BadToken:
        return False
    return claim.uid == uid and not claim.expired(at=timezone.now(), after=limits.MANAGE_FOR)


def opened(request: HttpRequest, uid: UUID) -> Signature | None:
    """Return the signature if the request carries its cookie."""
    return asked.by_uid(uid=uid) if opens(request, uid) else None
