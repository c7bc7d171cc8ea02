"""A mail of each kind, as it would be decided."""

from __future__ import annotations

from uuid import UUID

from letters.enums import DeclineReason
from letters.models import Report
from letters.queries import mails
from letters.queries.mails import Answer, Mail
from letters.services import reports
from tests import builders
from tests.builders import NOW

BEN = "ben@example.org"


def of(kind: str, uid: UUID, *, language: str = "") -> Mail | Answer:
    """Return a mail of a kind about a signature, or the answer to a report of its name."""
    one = builders.stored(uid)
    one.language = language or one.language
    one.declined = DeclineReason.OTHER
    if kind != mails.ANSWER:
        return Mail(kind, BEN, one)
    made = Report.objects.first() or builders.reported(one.letter, one.name)
    if not made.settled_at:
        made = reports.settle(pk=made.pk, note=one.name, by=None, at=NOW)
    made.language = language
    return Answer(BEN, made, one.text)
