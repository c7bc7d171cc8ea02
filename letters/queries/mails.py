"""What a queued message says, decided when it is written: which mail, to whom, about what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q

from letters import crypto
from letters.enums import OF_LOGINS, Display, LetterStatus, MailingState, MessageKind, SignatureState
from letters.models import (
    Approval,
    Event,
    Guest,
    Invitation,
    LetterText,
    Mailing,
    Message,
    Report,
    Signature,
    User,
)
from letters.models.message import recipient_context
from letters.records import events, guests, mailboxes

CONFIRM: Final = "confirm"
REMINDER: Final = "reminder"
ALREADY_SIGNED: Final = "already_signed"
SIGNED: Final = "signed"
WITHDRAWN: Final = "withdrawn"
LINK: Final = "link"
DATA: Final = "data"
REMOVED: Final = "removed"
HIDDEN: Final = "hidden"
ANSWER: Final = "answer"
UPDATE: Final = "update"
CLOSED: Final = "closed"
AMENDED: Final = "amended"
INVITATION: Final = "invitation"
GUEST: Final = "guest"
KINDS: Final = (
    CONFIRM, REMINDER, ALREADY_SIGNED, SIGNED, WITHDRAWN, LINK, DATA, REMOVED, HIDDEN, ANSWER, UPDATE, CLOSED,
    AMENDED, INVITATION, GUEST, *OF_LOGINS,
)  # fmt: skip
"""The folders of templates/emails/."""
UNASKED: Final = frozenset({CONFIRM, REMINDER, ALREADY_SIGNED, LINK, ANSWER, INVITATION, GUEST})
"""Mails that somebody else than the owner of the mailbox may have caused: they need a slot of the day."""

SUITS: Final = {
    MessageKind.SIGNED: (SIGNED, SignatureState.CONFIRMED),
    MessageKind.WITHDRAWN: (WITHDRAWN, SignatureState.WITHDRAWN),
    MessageKind.REMOVED: (REMOVED, SignatureState.REMOVED),
    MessageKind.HIDDEN: (HIDDEN, SignatureState.CONFIRMED),
}
"""What these messages say, as long as the signature is still in the state that they tell of."""

SHOWN: Final = ("letter__organization", "letter__tally", "text")


@dataclass(frozen=True)
class Mail:
    """One mail to write, to the owner of a signature; `mailing` is why many get one."""

    kind: str
    recipient: str
    signature: Signature
    mailing: Mailing | None = None

    @property
    def text(self) -> LetterText:
        """The words under which it stands."""
        return self.signature.text

    @property
    def language(self) -> str:
        """The one to write in."""
        return self.signature.language


@dataclass(frozen=True)
class Answer:
    """One mail to write, to whoever reported a name. `text` is the letter as it is read now."""

    recipient: str
    report: Report
    text: LetterText
    kind: str = ANSWER

    @property
    def language(self) -> str:
        """The one to write in."""
        return self.report.language


@dataclass(frozen=True)
class Invited:
    """One mail to write, to whoever is asked to work here. It is written in the site's own language."""

    recipient: str
    invitation: Invitation
    language: str = ""
    kind: str = INVITATION


@dataclass(frozen=True)
class Asked:
    """One mail to write, to whoever is asked to sign. `text` is the binding one, as it is signed now."""

    recipient: str
    guest: Guest
    text: LetterText
    language: str
    kind: str = GUEST


@dataclass(frozen=True)
class OfLogin:
    """One mail to write, to somebody who works here, about their login: what was asked for, or done."""

    kind: str
    user: User
    about: Approval | Event | None = None
    language: str = ""

    @property
    def recipient(self) -> str:
        """The address of the login, and no other."""
        return self.user.email


Written = Mail | Answer | Asked | Invited | OfLogin


def decide(message: Message, *, at: datetime) -> Written | None:
    """Return the mail that a message has become by `at`, or None when none is needed any more."""
    if message.kind in OF_LOGINS:
        return _of_login(message, at)  # whoever works here gets it, whatever they want of letters
    if message.kind == MessageKind.ANSWER:
        mail: Written | None = _answer(message)
    elif message.kind == MessageKind.INVITATION:
        mail = _invited(message, at)
    elif message.kind == MessageKind.GUEST:
        mail = _asked(message, at)
    else:
        mail = _told(message, message.mailing) if message.mailing else _mail(message, at)
    if mail is None or mailboxes.refuses(address=mail.recipient, letter_id=message.letter_id):
        return None
    return mail


def _answer(message: Message) -> Answer | None:
    recipient = _sealed(message)
    report = Report.objects.filter(uid=message.subject).first() if message.subject else None
    if report is None or recipient is None:
        return None
    texts = LetterText.objects.filter(letter=report.letter_id, published_at__isnull=False)
    read = ExpressionWrapper(Q(language=report.language), BooleanField())
    text = texts.select_related("letter__organization").order_by("-version", read.desc(), "-authoritative")
    return Answer(recipient, report, text[0])


def _invited(message: Message, at: datetime) -> Invited | None:
    rows = Invitation.objects.open(at=at).select_related("organization", "invited_by")
    invitation = rows.filter(uid=message.subject).first() if message.subject else None
    recipient = invitation.address if invitation else None
    return Invited(recipient, invitation) if recipient and invitation else None


def _asked(message: Message, at: datetime) -> Asked | None:
    guest = guests.waiting(uid=message.subject, at=at) if message.subject else None
    text = guests.text_of(letter=guest.letter, at=at) if guest else None
    recipient = guest.address if guest else None
    return Asked(recipient, guest, text, text.language) if guest and text and recipient else None


def _of_login(message: Message, at: datetime) -> OfLogin | None:
    about: Approval | Event | None = None
    users = User.objects.filter(is_active=True)
    number = message.subject.int if message.subject else 0
    if message.kind == MessageKind.FACTOR_ASKED:
        about = Approval.objects.waiting(at=at).select_related("asked_by").filter(pk=number).first()
        user = users.filter(pk=about.data["user"]).first() if about else None
    elif message.kind == MessageKind.LOGIN_CHANGED:
        about = Event.objects.filter(pk=number).first()
        user = users.filter(pk=events.person(code=about.subject)).first() if about else None
    elif message.kind == MessageKind.FACTOR_RESET:
        user = users.filter(pk=number, authenticator=None).first()
    else:
        lasts = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        is_late = message.kind == MessageKind.LOGIN_CODE and at - message.created_at > lasts
        user = None if is_late else users.filter(email=_sealed(message)).first()
    return OfLogin(message.kind, user, about) if user else None


def _told(message: Message, mailing: Mailing) -> Mail | None:
    """Return the mail to one of many, if they still belong to those whom it concerns."""
    letter = message.letter
    if letter is None or letter.status == LetterStatus.WITHDRAWN or letter.organization.approved_at is None:
        return None
    # Asked again: it may have been stopped since this mail was claimed with others.
    stopped = Mailing.objects.filter(pk=mailing.pk, state=MailingState.STOPPED)
    if message.subject is None or stopped.exists():
        return None
    concerned = mailing.audience().select_related(*SHOWN).filter(uid=message.subject).first()
    recipient = concerned.address if concerned else None
    return Mail(message.kind, recipient, concerned, mailing) if recipient and concerned else None


def _mail(message: Message, at: datetime) -> Mail | None:
    signature = _subject(message)
    if signature is None:
        return None
    recipient = _sealed(message) or signature.address
    kind = _kind(message, signature, at)
    return Mail(kind, recipient, signature) if recipient and kind else None


def _subject(message: Message) -> Signature | None:
    rows = Signature.objects.select_related(*SHOWN)
    if message.mailbox is not None and message.letter_id is not None:
        rows = rows.filter(letter_id=message.letter_id, email_key=bytes(message.mailbox)).order_by("-pk")
        live = rows.live().first()
        return rows.first() if live is None and message.kind == MessageKind.LINK else live
    return rows.filter(uid=message.subject).first() if message.subject else None


def _sealed(message: Message) -> str | None:
    if message.recipient_sealed is None:
        return None
    return crypto.unseal(bytes(message.recipient_sealed), context=recipient_context(message.uid))


def _kind(message: Message, signature: Signature, at: datetime) -> str | None:
    if message.kind == MessageKind.REPLY:
        return CONFIRM if signature.state == SignatureState.PENDING else ALREADY_SIGNED
    if message.kind == MessageKind.REMINDER:
        ended = signature.letter.ended_at(at=at)
        in_time = signature.signed_in_time(ended_at=ended, at=at)
        return REMINDER if signature.state == SignatureState.PENDING and in_time else None
    if message.kind == MessageKind.LINK:
        return CONFIRM if signature.state == SignatureState.PENDING else LINK
    if message.kind == MessageKind.DATA:
        return DATA
    kind, state = SUITS[MessageKind(message.kind)]
    told = kind != HIDDEN or signature.display == Display.DECLINED
    return kind if signature.state == state and told else None
