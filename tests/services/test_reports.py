"""Reports: what is kept of them, when no more are taken, and how they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from letters import limits
from letters.enums import ReportReason
from letters.models import Event, Report, Signature
from letters.services import reports
from letters.tasks.signatures import expire
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_report_is_kept_and_the_trail_holds_nothing_personal() -> None:
    letter = builders.letter()
    one = builders.reported(letter, "Ben Okafor", words="He told me so.", email="rea.secret@example.org")
    stored = Report.objects.get()
    assert (stored.name, stored.words) == ("Ben Okafor", "He told me so.")
    assert stored.reason == ReportReason.NOT_SIGNED
    assert stored.address == "rea.secret@example.org"
    assert b"secret" not in bytes(stored.email_sealed or b"")
    event = Event.objects.latest("pk")
    assert (event.name, event.subject, event.actor) == ("report.made", str(one.uid), "reader")
    assert event.data == {"letter": letter.public_id, "reason": "not_signed"}


def test_who_wants_no_answer_leaves_no_address() -> None:
    assert builders.reported(builders.letter(), email="").address is None


def test_a_report_changes_no_signature() -> None:
    one = builders.counted(builders.letter())
    before = Signature.objects.values().get()
    builders.reported(one.letter, one.name)
    assert Signature.objects.values().get() == before


def test_a_flood_is_refused_until_the_first_of_it_is_an_hour_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REPORTS_MOST", 3)
    letter, other = builders.letter(), builders.letter("day-trains")
    for minute in (0, 10, 20):
        builders.reported(letter, at=NOW + minute * MINUTE)
    refused = {30: 60, 59: 60}
    for minute, after in refused.items():
        with pytest.raises(reports.TooMany) as refusal:
            builders.reported(letter, at=NOW + minute * MINUTE)
        assert refusal.value.after == NOW + after * MINUTE
    builders.reported(other, at=NOW + 30 * MINUTE)
    builders.reported(letter, at=NOW + 60 * MINUTE)
    with pytest.raises(reports.TooMany) as refusal:
        builders.reported(letter, at=NOW + 61 * MINUTE)
    assert refusal.value.after == NOW + 70 * MINUTE
    assert Report.objects.filter(letter=letter).count() == 4


def test_a_refused_report_may_come_when_it_was_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REPORTS_MOST", 1)
    letter = builders.letter()
    builders.reported(letter, at=NOW + timedelta(seconds=20))
    with pytest.raises(reports.TooMany) as refusal:
        builders.reported(letter, at=NOW + 5 * MINUTE)
    assert refusal.value.after == NOW + limits.REPORTS_WITHIN + MINUTE
    builders.reported(letter, at=refusal.value.after)


def test_a_report_is_settled_once_with_a_note() -> None:
    ada = builders.organizer()
    one = builders.reported(builders.letter())
    for empty in ("", " \n"):
        with pytest.raises(reports.NoNote):
            reports.settle(pk=one.pk, note=empty, by=ada, at=NOW)
    reports.settle(pk=one.pk, note=" She wrote to us: it is she. ", by=ada, at=NOW)
    with pytest.raises(reports.Settled):
        reports.settle(pk=one.pk, note="No.", by=ada, at=NOW)
    stored = Report.objects.get()
    assert (stored.settled_at, stored.settled_by, stored.note) == (NOW, ada, "She wrote to us: it is she.")
    event = Event.objects.latest("pk")
    assert (event.name, event.subject, event.actor, event.data) == (
        "report.settled", str(one.uid), f"user:{ada.pk}", {},
    )  # fmt: skip


def test_the_database_wants_a_note_and_a_name() -> None:
    builders.reported(builders.letter())
    for change in ({"settled_at": NOW}, {"note": "x"}, {"name": ""}, {"reason": "x"}):
        with pytest.raises(IntegrityError, match="report_"), transaction.atomic():
            Report.objects.update(**change)


def test_whoever_reads_an_address_is_recorded() -> None:
    ada = builders.organizer()
    letter = builders.letter()
    one, silent = builders.reported(letter), builders.reported(letter, email="")
    assert reports.open_address(pk=one.pk, by=ada, at=NOW) == "rea@example.org"
    read = Event.objects.get(name="report.read")
    assert (read.subject, read.actor, read.data) == (str(one.uid), f"user:{ada.pk}", {})
    assert reports.open_address(pk=silent.pk, by=ada, at=NOW) is None
    assert reports.open_address(pk=0, by=ada, at=NOW) is None
    assert Event.objects.filter(name="report.read").count() == 1


def test_reports_are_deleted_whole_when_their_time_is_over() -> None:
    letter = builders.letter()
    settled, waits = builders.reported(letter, "Ben"), builders.reported(letter, "Cleo")
    reports.settle(pk=settled.pk, note="No.", by=None, at=NOW)
    steps = [
        (limits.REPORT_KEPT, ["Ben", "Cleo"]),
        (limits.REPORT_KEPT + MINUTE, ["Cleo"]),
        (limits.REPORT_KEPT_OPEN, ["Cleo"]),
        (limits.REPORT_KEPT_OPEN + MINUTE, []),
    ]
    for after, left in steps:
        reports.forget(at=NOW + after)
        assert sorted(Report.objects.values_list("name", flat=True)) == left
    assert Event.objects.filter(subject__in=[str(settled.uid), str(waits.uid)]).count() == 3


def test_a_task_deletes_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS_AT_ONCE", 2)
    letter = builders.letter()
    for _ in range(5):
        builders.reported(letter)
    expire()
    assert not Report.objects.exists()
