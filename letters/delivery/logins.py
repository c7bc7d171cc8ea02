"""What mails about a login say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters import limits, tokens
from letters.enums import EventName, MessageKind
from letters.models import Approval, Event, Message
from letters.queries.mails import OfLogin
from letters.tokens import Purpose

MINUTE = 60
APP, PASSKEY, CODES = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
CHANGES: Final[Mapping[tuple[str, str], str | Promise]] = MappingProxyType(
    {
        (EventName.FACTOR_ENROLLED, APP): _("An app for codes was enrolled as a second factor."),
        (EventName.FACTOR_ENROLLED, PASSKEY): _("A passkey was enrolled."),
        (EventName.FACTOR_REMOVED, APP): _("Your app for codes was removed: it opens nothing any more."),
        (EventName.FACTOR_REMOVED, PASSKEY): _("A passkey was removed: it opens nothing any more."),
        (EventName.CODES_MADE, CODES): _(
            "New recovery codes were made: the earlier ones open nothing any more."
        ),
        (EventName.PASSWORD_CHANGED, ""): _("Your password was changed."),
    }
)
"""What the owner of a login reads of an event, by its name and the type of the factor."""
REPLACED: Final = _("An app for codes was enrolled: the earlier one opens nothing any more.")
SET_BY_OTHERS: Final = _("Somebody who runs this site set a new password for you.")


def context(mail: OfLogin, *, message: Message, at: datetime) -> dict[str, object]:
    """Return what such a mail says; its code and its link are made here and kept nowhere."""
    return {
        "user": mail.user,
        "about": mail.about,
        "change": _change(mail.about) if isinstance(mail.about, Event) else "",
        "contact": settings.SITE_CONTACT,
        "code": tokens.code(uid=message.uid),
        "code_minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // MINUTE,
        "link_minutes": settings.PASSWORD_RESET_TIMEOUT // MINUTE,
        "days": limits.INVITED_FOR.days,
        "link": settings.SITE_URL + _path(mail, at),
        "sessions_url": settings.SITE_URL + reverse("sessions"),
    }


def _change(event: Event) -> str | Promise:
    if "replaces" in event.data:
        return REPLACED
    if event.name == EventName.PASSWORD_CHANGED and event.actor != event.subject:
        return SET_BY_OTHERS
    return CHANGES[event.name, event.data.get("type", "")]


def _path(mail: OfLogin, at: datetime) -> str:
    if mail.kind == MessageKind.LOGIN_CODE:
        return reverse("account_confirm_login_code")
    if mail.kind == MessageKind.PASSWORD:
        key = default_token_generator.make_token(mail.user)
        whose = user_pk_to_url_str(mail.user)
        return reverse("account_reset_password_from_key", kwargs={"uidb36": whose, "key": key})
    if mail.kind == MessageKind.LOGIN_CHANGED:
        return reverse("account_reset_password")  # nothing that opens anything
    if isinstance(mail.about, Approval):
        token = tokens.make(Purpose.OBJECTION, uid=UUID(int=mail.about.pk), at=at)
        return reverse("letters:objection", args=[token])
    token = tokens.make(Purpose.ENROLMENT, uid=UUID(int=mail.user.pk), at=at)
    return reverse("letters:enrolment", args=[token])
