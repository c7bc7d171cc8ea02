"""A mail of each kind, as it would be decided."""

from __future__ import annotations

from uuid import UUID

from letters.enums import MAILED_TO_MANY, OF_LOGINS, DeclineReason, EventName, MessageKind, TextKind
from letters.models import Approval, Event, Guest, Invitation, Mailing, Report, Signature, User
from letters.queries import mails
from letters.queries.mails import Answer, Asked, Invited, Mail, OfLogin, Written
from letters.services import reports
from tests import builders
from tests.builders import NOW

BEN = "ben@example.org"
WORDS = "Dear Ben, your word on night trains was heard in 2019; it would be heard again."


def of(kind: str, uid: UUID, *, language: str = "") -> Written:
    """Return a mail of a kind about a signature, or the answer to a report of its name."""
    one = builders.stored(uid)
    one.language = language or one.language
    one.declined = DeclineReason.OTHER
    if kind in MAILED_TO_MANY:
        return Mail(kind, BEN, one, mailing(kind, one))
    if kind == mails.INVITATION:
        invitation = Invitation.objects.first() or builders.invited(one.letter.organization)
        invitation.invited_by = User(name=one.name)
        return Invited(BEN, invitation, language)
    if kind == mails.GUEST:
        guest = Guest(letter=one.letter, words=WORDS, invited_by=User(name=one.name))
        return Asked(BEN, guest, one.text, language or one.text.language)
    if kind in OF_LOGINS:
        return of_login(kind, one.name, language)
    if kind != mails.ANSWER:
        return Mail(kind, BEN, one)
    made = Report.objects.first() or builders.reported(one.letter, one.name)
    if not made.settled_at:
        made = reports.settle(pk=made.pk, note=one.name, by=None, at=NOW)
    made.language = language
    return Answer(BEN, made, one.text)


def of_login(kind: str, name: str, language: str = "") -> OfLogin:
    """Return a mail about the login of somebody with this name; whoever asked is called the same."""
    user = User(pk=7, name=name, email=BEN, password="", last_login=NOW)
    about: Approval | Event | None = None
    if kind == MessageKind.FACTOR_ASKED:
        about = Approval(pk=3, asked_by=user)
    elif kind == MessageKind.LOGIN_CHANGED:
        about = Event(name=EventName.FACTOR_ENROLLED, at=NOW, data={"type": "webauthn"})
    return OfLogin(kind, user, about, language)


def mailing(kind: str, one: Signature) -> Mailing:
    """Return why many get a mail of this kind about the letter of a signature."""
    made = Mailing.objects.filter(letter=one.letter, kind=kind).first()
    if made is None and kind == mails.UPDATE:
        made = builders.update(one.letter).mailing
    elif made is None and kind == mails.AMENDED:
        made = builders.changed(one.letter, kind=TextKind.AMENDMENT).mailing
    one.letter.closed_at = NOW
    return made or Mailing.objects.create(letter=one.letter, kind=kind, created_at=NOW, begins_at=NOW)
