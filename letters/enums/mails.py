"""What is stored of mails."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageKind(TextChoices):
    """Why a mail is sent. What a `reply` says is decided when it is written."""

    REPLY = "reply", _("Answer to a form")
    REMINDER = "reminder", _("Not confirmed yet")
    SIGNED = "signed", _("You signed")
    WITHDRAWN = "withdrawn", _("Your signature was withdrawn")
    LINK = "link", _("A link to the signature")
    DATA = "data", _("A link to the data")
    REMOVED = "removed", _("Your signature was removed")
    HIDDEN = "hidden", _("Your name is not shown")
    ANSWER = "answer", _("Answer to a report")
    UPDATE = "update", _("An update")
    CLOSED = "closed", _("The letter has closed")
    AMENDED = "amended", _("The text was amended")
    INVITATION = "invitation", _("An invitation to work here")
    GUEST = "guest", _("An invitation to sign")
    LOGIN_CODE = "login_code", _("A code to log in")
    PASSWORD = "password", _("A link to a new password")
    FACTOR_ASKED = "factor_asked", _("Somebody asks to remove your second factor")
    FACTOR_RESET = "factor_reset", _("A link to a new second factor")
    LOGIN_CHANGED = "login_changed", _("Your login was changed")


OF_LOGINS: Final = (
    MessageKind.LOGIN_CODE,
    MessageKind.PASSWORD,
    MessageKind.FACTOR_ASKED,
    MessageKind.FACTOR_RESET,
    MessageKind.LOGIN_CHANGED,
)
"""These go to people who work here, about their login."""
WITHOUT_LETTER: Final = (MessageKind.INVITATION, *OF_LOGINS)

MAILED_TO_MANY: Final = (MessageKind.UPDATE, MessageKind.CLOSED, MessageKind.AMENDED)
"""These go to many signatories of a letter at once: a mailing queues them."""


class MailingState(TextChoices):
    """How far a mailing has come."""

    RUNNING = "running", _("Mails are being queued")
    DONE = "done", _("All mails are queued")
    STOPPED = "stopped", _("Stopped")


class MessageState(TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not needed")
    BOUNCED = "bounced", _("Bounced")
    FAILED = "failed", _("Given up")
