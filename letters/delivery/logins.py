"""What mails about a login say."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from letters import limits, tokens
from letters.enums import MessageKind
from letters.models import Message
from letters.queries.mails import OfLogin
from letters.tokens import Purpose

MINUTE = 60


def context(mail: OfLogin, *, message: Message, at: datetime) -> dict[str, object]:
    """Return what such a mail says; its code and its link are made here and kept nowhere."""
    return {
        "user": mail.user,
        "approval": mail.approval,
        "contact": settings.SITE_CONTACT,
        "code": tokens.code(uid=message.uid),
        "code_minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // MINUTE,
        "link_minutes": settings.PASSWORD_RESET_TIMEOUT // MINUTE,
        "days": limits.INVITED_FOR.days,
        "link": settings.SITE_URL + _path(mail, at),
    }


def _path(mail: OfLogin, at: datetime) -> str:
    if mail.kind == MessageKind.LOGIN_CODE:
        return reverse("account_confirm_login_code")
    if mail.kind == MessageKind.PASSWORD:
        key = default_token_generator.make_token(mail.user)
        whose = user_pk_to_url_str(mail.user)
        return reverse("account_reset_password_from_key", kwargs={"uidb36": whose, "key": key})
    if mail.approval:
        token = tokens.make(Purpose.OBJECTION, uid=UUID(int=mail.approval.pk), at=at)
        return reverse("letters:objection", args=[token])
    token = tokens.make(Purpose.ENROLMENT, uid=UUID(int=mail.user.pk), at=at)
    return reverse("letters:enrolment", args=[token])
