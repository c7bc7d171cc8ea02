"""Sending what the outbox holds: claim, write, send over one open connection, settle."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from letters import addresses, crypto, envelopes, languages, limits, prose, tokens
from letters.delivery import logins, news
from letters.enums import MessageState
from letters.models import Message
from letters.queries import leaves, mails
from letters.queries.mails import Answer, Asked, Invited, Mail, OfLogin, Written
from letters.services import mailboxes, outbox

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
PERMANENT: Final = 500  # RFC 5321, 4.2.1: replies from 500 on will not change by trying again
NOT_OPENED: Final = "the address cannot be opened with this key"
MAILBOX_NAME_NOT_ALLOWED: Final = 553  # RFC 5321, 4.2.3


class Refused(Exception):
    """The server answered, and did not take the mail."""

    def __init__(self, code: int, answer: str) -> None:
        super().__init__(f"{code} {answer}")
        self.permanent = code >= PERMANENT


def drain(*, clock: Clock) -> int:
    """Send until nothing is due or it is time to begin anew, and return how many mails left.

    A dead wire ends it early.
    """
    wire: BaseEmailBackend = get_connection()
    sent = 0
    end = clock() + limits.DRAIN_FOR
    try:
        while (now := clock()) < end and (batch := outbox.claim(most=limits.CLAIM_AT_ONCE, at=now)):
            for done, message in enumerate(batch):
                if message.lease_until is None or message.lease_until - clock() < limits.LEASE_LEFT:
                    outbox.release(messages=batch[done:])
                    break
                try:
                    sent += _deliver(message, wire, clock)
                except (OSError, smtplib.SMTPException) as error:
                    log.warning("mail server does not answer: %s", addresses.without(str(error)))
                    outbox.postpone(message=message, at=clock(), error=str(error))
                    outbox.release(messages=batch[done + 1 :])
                    return sent
    finally:
        with suppress(OSError, smtplib.SMTPException):
            wire.close()
    return sent


def compose(mail: Written, *, message: Message, at: datetime) -> EmailMultiAlternatives:
    """Return the mail with its links, in its reader's language. Tokens are made here and kept nowhere."""
    with translation.override(languages.nearest(mail.language)):
        context: dict[str, object] = {"site_name": settings.SITE_NAME}
        context |= _about_what(mail, message, at)
        parts = {
            part: render_to_string(f"emails/{mail.kind}/{part}", context)
            for part in ("subject.txt", "body.txt", "body.html")
        }
    host = urlsplit(settings.SITE_URL).hostname
    composed = EmailMultiAlternatives(
        subject=_one_line(parts["subject.txt"]),
        body=parts["body.txt"].strip() + "\n",
        from_email=envelopes.sender(uid=message.uid),  # of the envelope, since `From` is given below
        to=[mail.recipient],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{message.uid}@{host}>",
            "Date": format_datetime(message.created_at),
            "Auto-Submitted": "auto-generated",
            **(news.headers(mail, at=at) if isinstance(mail, Mail) else {}),
        },
    )
    composed.attach_alternative(parts["body.html"], "text/html")
    return composed


def _deliver(message: Message, wire: BaseEmailBackend, clock: Clock) -> int:
    try:
        mail = mails.decide(message, at=clock())
    except crypto.Unreadable as error:
        # One damaged row must not keep all other mails from leaving.
        log.error("mail %s: the address cannot be opened: %s", message.uid, error)
        outbox.settle(message=message, state=MessageState.FAILED, at=clock(), error=NOT_OPENED)
        return 0
    if mail is None or (
        mail.kind in mails.UNASKED
        and not mailboxes.take_slot(message=message, address=mail.recipient, at=clock())
    ):
        outbox.settle(message=message, state=MessageState.SKIPPED, at=clock())
        return 0
    try:
        _send(compose(mail, message=message, at=clock()), wire)
    except Refused as refusal:
        if refusal.permanent:
            outbox.settle(message=message, state=MessageState.BOUNCED, at=clock(), error=str(refusal))
        else:
            outbox.postpone(message=message, at=clock(), error=str(refusal))
        return 0
    outbox.settle(message=message, state=MessageState.SENT, at=clock())
    return 1


def _one_line(text: str) -> str:
    """Return text for a header: no line breaks, and nothing that a reader decodes to one (RFC 2047)."""
    return " ".join(text.split()).replace("=?", f"={addresses.WORD_JOINER}?")


def _send(composed: EmailMultiAlternatives, wire: BaseEmailBackend) -> None:
    try:
        wire.open()
        wire.send_messages([composed])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise Refused(code, _readable(answer)) from error
    except smtplib.SMTPSenderRefused:
        # Our own address is refused: the mail is fine, the configuration is not. Try again later.
        raise
    except smtplib.SMTPDataError as error:
        raise Refused(error.smtp_code, _readable(error.smtp_error)) from error
    except ValueError as error:
        # An address that no header can hold. One such mail must not keep all others from leaving.
        raise Refused(MAILBOX_NAME_NOT_ALLOWED, "this address cannot be written to") from error


def _readable(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _about_what(mail: Written, message: Message, at: datetime) -> dict[str, object]:
    if isinstance(mail, OfLogin):
        return logins.context(mail, message=message, at=at)
    return _inviting(mail, at) if isinstance(mail, Invited) else _of_letter(mail, at)


def _inviting(mail: Invited, at: datetime) -> dict[str, object]:
    """Return what an invitation says."""
    token = tokens.make(tokens.Purpose.INVITATION, uid=mail.invitation.uid, at=at)
    home = mail.invitation.organization
    return {
        "invitation": mail.invitation,
        "organization": home,
        "contact": home.contact if home else settings.SITE_CONTACT,
        "days": limits.INVITED_FOR.days,
        "link": settings.SITE_URL + reverse("letters:invitation", args=[token]),
    }


def _of_letter(mail: Mail | Answer | Asked, at: datetime) -> dict[str, object]:
    """Return what a mail about a letter says."""
    letter = mail.text.letter
    path = reverse("letters:letter", args=[letter.slug])
    return {
        "letter": letter,
        "text": mail.text,
        "letter_url": settings.SITE_URL + languages.address(path, mail.text.stands_under),
        **_concerning(mail, at),
    }


def _concerning(mail: Mail | Answer | Asked, at: datetime) -> dict[str, object]:
    """Return what a mail says of whatever it is about, beside the letter."""
    if isinstance(mail, Asked):
        return {"guest": mail.guest, "guest_days": limits.GUEST_FOR.days}
    return {"report": mail.report} if isinstance(mail, Answer) else _about(mail, at)


def _about(mail: Mail, at: datetime) -> dict[str, object]:
    """Return what a mail says of the signature that it is about."""
    return {
        "signature": mail.signature,
        "body": prose.html(mail.text.body),
        "confirm_days": limits.CONFIRM_WITHIN.days,
        "code": tokens.code(uid=mail.signature.uid),
        "link": _link(mail, at),
        **_proof(mail),
        **(news.context(mail, mail.mailing, at=at) if mail.mailing else {}),
    }


def _link(mail: Mail, at: datetime) -> str:
    waits = mail.kind in {mails.CONFIRM, mails.REMINDER}
    purpose = tokens.Purpose.CONFIRM if waits else tokens.Purpose.MANAGE
    if mail.kind == mails.DATA:
        purpose = tokens.Purpose.DATA
    token = tokens.make(purpose, uid=mail.signature.uid, at=at)
    return settings.SITE_URL + reverse("letters:enter", args=[token])


def _proof(mail: Mail) -> dict[str, str]:
    """Return the signed state of the ledger that a receipt mail carries, and where it is explained.

    It is the first one with the signature in it, so that a mail that is sent twice is the same mail;
    empty while there is none. Never left out: a template that misses a word logs all the others.
    """
    signature = mail.signature
    ledger_url = settings.SITE_URL + reverse("letters:ledger", args=[signature.letter.slug])
    note = ""
    if mail.kind == mails.SIGNED and signature.leaf is not None:
        signed = leaves.covering(letter_id=signature.letter_id, size=signature.leaf + 1)
        note = signed.note if signed else ""
    return {"checkpoint": note, "ledger_url": ledger_url}
