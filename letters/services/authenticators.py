"""The second factors of people at the desk: enrolled, named, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import EventName, MessageKind
from letters.models import User
from letters.records import events, outbox, sessions
from letters.refusal import Refusal

CODES = Authenticator.Type.RECOVERY_CODES


class LastFactor(Refusal):
    """Nobody is left with a password alone."""

    message = _("This is your only second factor. Enrol another one first, then remove this one.")


class NoFactor(Refusal):
    """It is gone, or somebody else's."""

    message = _("This second factor is not there any more.")


def enrol_app(*, user: User, secret: str, keep: str, at: datetime) -> bool:
    """Enrol an app for one-time codes, instead of an earlier one; tell whether recovery codes came with it.

    With an earlier app all sessions end but the one with the key `keep`.
    """
    with durable.commit():
        _lock(user)
        older = _of(user).filter(type=Authenticator.Type.TOTP).first()
        if older:
            _delete(older, user, keep, at)
        one = TOTP.activate(user, secret).instance
        return _enrolled(one, user, at, {"replaces": older.pk} if older else {})


def enrol_key(*, user: User, name: str, credential: dict[str, Any], at: datetime) -> bool:
    """Enrol a passkey that was verified; tell whether recovery codes came with it.

    What is kept of it is public: the key that opens the login never leaves its owner's device.
    """
    with durable.commit():
        _lock(user)
        one = WebAuthn.add(user, name, credential).instance
        return _enrolled(one, user, at, {})


def rename(*, user: User, pk: int, name: str, at: datetime) -> None:
    """Give a passkey another name. Raises NoFactor."""
    with durable.commit():
        _lock(user)
        one = _of(user).filter(pk=pk, type=Authenticator.Type.WEBAUTHN).first()
        if one is None:
            raise NoFactor
        one.data["name"] = name
        one.save(update_fields=("data",))
        _record(EventName.FACTOR_RENAMED, one, user, at)


def remove(*, user: User, pk: int, keep: str, at: datetime) -> None:
    """Remove a factor, and end all sessions but the one with the key `keep`. Raises NoFactor, LastFactor.

    Recovery codes are no factor of their own: they go with the last one, where that may go.
    """
    with durable.commit():
        _lock(user)
        factors = _of(user).exclude(type=CODES)
        one = factors.filter(pk=pk).first()
        if one is None:
            raise NoFactor
        is_last = not factors.exclude(pk=pk).exists()
        if is_last and settings.DESK_SECOND_FACTOR:
            raise LastFactor
        _tell(_delete(one, user, keep, at), at)
        if is_last:
            _of(user).delete()


def make_codes(*, user: User, at: datetime) -> None:
    """Make new recovery codes instead of those there were. Raises NoFactor for whoever has no factor."""
    with durable.commit():
        _lock(user)
        if not _of(user).exclude(type=CODES).exists():
            raise NoFactor
        _of(user).filter(type=CODES).delete()
        one = RecoveryCodes.activate(user).instance
        _tell(_record(EventName.CODES_MADE, one, user, at), at)


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _of(user: User) -> Any:
    return Authenticator.objects.filter(user_id=user.pk)


def _enrolled(one: Any, user: User, at: datetime, data: dict[str, str | int]) -> bool:
    _tell(_record(EventName.FACTOR_ENROLLED, one, user, at, data), at)
    if _of(user).filter(type=CODES).exists():
        return False
    _record(EventName.CODES_MADE, RecoveryCodes.activate(user).instance, user, at)
    return True


def _delete(one: Any, user: User, keep: str, at: datetime) -> int:
    event = _record(EventName.FACTOR_REMOVED, one, user, at)
    one.delete()
    sessions.end(user=user, keep=keep)
    return event


def _record(
    name: EventName, one: Any, user: User, at: datetime, more: dict[str, str | int] | None = None
) -> int:
    by = events.actor(user)
    data: dict[str, str | int] = {"factor": one.pk, "type": str(one.type), **(more or {})}
    return events.record(name=name, subject=by, by=by, at=at, data=data)


def _tell(event: int, at: datetime) -> None:
    outbox.of_login(kind=MessageKind.LOGIN_CHANGED, about=event, at=at)
