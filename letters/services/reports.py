"""Names that readers say are wrong: taking down what they say, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import crypto, durable, limits, text
from letters.enums import EventName, ReportReason
from letters.models import Letter, Report, User
from letters.models.report import address_context
from letters.records import events, locks, outbox
from letters.refusal import Refusal

MINUTE: Final = timedelta(minutes=1)


class TooMany(Refusal):
    """So many reports of one letter came in that nobody could read them. `after` is a whole minute."""

    message = _("Too many reports on this letter came in within an hour.")

    def __init__(self, after: datetime) -> None:
        super().__init__()
        self.after = after


class Settled(Refusal):
    """Somebody was faster, or the report is deleted."""

    message = _("This report is settled already. Reload the page to see what was decided.")


class NoNote(Refusal):
    """It is not said what was decided."""

    message = _("Write what you decided, and why.")


@dataclass(frozen=True)
class Told:
    """What a reader said, cleaned by the form. `email` is where they want an answer, if they do.

    `language` is the one that they read the list in.
    """

    name: str
    reason: ReportReason
    words: str = ""
    email: str = ""
    language: str = ""


def make(*, letter: Letter, told: Told, at: datetime) -> Report:
    """Store a report. Nothing about any signature changes. Raises TooMany."""
    uid = uuid4()
    sealed = crypto.seal(told.email, context=address_context(uid)) if told.email else None
    with durable.commit():
        locks.wait(lock=locks.REPORT, letter_id=letter.pk)
        since = at - limits.REPORTS_WITHIN
        recent = Report.objects.filter(letter=letter, created_at__gt=since).order_by("-created_at")
        last = limits.REPORTS_MOST - 1
        full_since = recent.values_list("created_at", flat=True)[last : last + 1].first()
        if full_since:
            raise TooMany(_whole_minute(full_since + limits.REPORTS_WITHIN))
        report = Report.objects.create(
            uid=uid,
            letter=letter,
            name=told.name,
            reason=told.reason,
            words=told.words,
            email_sealed=sealed,
            language=told.language,
            created_at=at,
        )
        data: dict[str, str | int] = {"letter": letter.public_id, "reason": str(told.reason)}
        events.record(name=EventName.REPORT_MADE, subject=uid, by=events.READER, at=at, data=data)
    return report


def settle(*, pk: int, note: str, by: User | None, at: datetime) -> Report:
    """Store what was decided about a report, and mail it to whoever wants an answer.

    What follows for the signature is done elsewhere. Raises NoNote, Settled.
    """
    decision = text.shown(note)
    if not decision:
        raise NoNote
    with durable.commit():
        report = Report.objects.select_for_update().filter(pk=pk, settled_at=None).first()
        if report is None:
            raise Settled
        report.settled_at, report.settled_by, report.note = at, by, decision
        report.save(update_fields=("settled_at", "settled_by", "note"))
        _record(EventName.REPORT_SETTLED, report, by, at)
        if address := report.address:
            outbox.answer(report=report, recipient=address, at=at)
    return report


def open_address(*, pk: int, by: User | None, at: datetime) -> str | None:
    """Return where whoever reported it wants an answer, and record that somebody read it.

    None when they want no answer, or when the report was deleted.
    """
    with durable.commit():
        report = Report.objects.filter(pk=pk).first()
        address = report.address if report else None
        if report and address:
            _record(EventName.REPORT_READ, report, by, at)
    return address


def forget(*, at: datetime) -> int:
    """Delete reports, whole, some time after they were settled or, if nobody did, made.

    Returns how many, a bounded number per call.
    """
    old = Q(settled_at__lt=at - limits.REPORT_KEPT) | Q(created_at__lt=at - limits.REPORT_KEPT_OPEN)
    with durable.commit():
        ids = Report.objects.filter(old).values_list("pk", flat=True)[: limits.ROWS_AT_ONCE]
        deleted, _per_model = Report.objects.filter(pk__in=list(ids)).delete()
    return deleted


def _record(name: EventName, report: Report, by: User | None, at: datetime) -> None:
    letter = report.letter.public_id
    events.record(name=name, subject=report.uid, by=events.actor(by), at=at, letter=letter)


def _whole_minute(moment: datetime) -> datetime:
    """Return the first whole minute that is not before `moment`."""
    down = moment.replace(second=0, microsecond=0)
    return down if down == moment else down + MINUTE
